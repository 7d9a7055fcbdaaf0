"""A second table of the rules that decide about money and cover, written by hand and without the lawbook.

It exists to catch wrong encodings: it states, for one day (1 October 2026), what the sources say of every case. Nothing
here reads the rules of ``calculator/law/places``. Behind the rows stands why: a section of the three research notes,
"conf" (confirmations, which win), "nat" (national) and "cit" (cities), or the decisive official words.

How the sources were read:

* ``U`` (unknown) stands for what the research flags as conflicting, not found or only remembered, and for what it
  does not say at all. Every cell is compared, so an engine that claims more than the sources is found as well.
* Reported rules (secondary sources) are stated; a conflict is unknown unless an official text decides it.
* A gap is counted in whole unpaid months. "3个月(含)以内" includes 3.
* "可按规定追溯享受" promises nothing (national A4): ``may_be_paid``.
* Where a place says that cover stops, the costs of an unpaid month that nobody paid back are ``not_paid``. People who
  arrive are left out of this: national R4 leaves their case, without back-payment, to the destination.
* ``payer`` is who pays when payment resumes, ``payer_before`` who paid before the gap. In "arrears" the employer owed
  the unpaid months, whoever pays later.
* ``months_to_joining`` is the number of months from the end of benefits to joining again, the month of joining included.
* ``wait_from`` says which month is the first of the wait: "连续缴费满6个月后" counts the month of payment.

One file for each question: ``gaps`` and ``gaps_more`` (a gap in the employee scheme), ``cover`` (when cover stops and
starts, how a gap is counted), ``first_time``, ``switch``, ``money`` (the account), ``years``, ``resident``, ``payouts`` (in which cases the account is paid out),
``steps`` (what is to be done), ``people`` (hukou, nationality, return, army, missing persons, two records), ``payers`` (what
becomes of the years, transfer, unemployment, late fees). In the last four, papers and the first things to do are sets.
The ``own_…`` files state what each place says itself, day by day (see ``own``): ``own_gaps``, ``own_money`` (bases, rates,
credits), ``own_years``, ``own_resident``. ``shown`` names the provision that decides a case. ``compare`` asks the lawbook. ``table`` holds what a table is
made of.
"""

from datetime import date

DAY = date(2026, 10, 1)

#: Provinces and cities. What is said of a province holds for its cities where these say nothing else; it is written
#: out for each, so that no row leans on the lawbook's tree of places.
PLACES = (
    "china", "guangdong", "shenzhen", "guangzhou", "beijing", "shanghai", "sichuan", "chengdu", "chongqing", "tianjin",
    "jiangsu", "nanjing", "suzhou", "zhejiang", "hangzhou", "hubei", "wuhan", "shaanxi", "xian", "hainan", "fujian",
    "quanzhou",
)  # fmt: skip
#: Places of which no source says anything on gaps, first-time members or switching: the nation's rule is left.
SILENT = ("sichuan", "hubei", "shaanxi")

PAYERS = ("employer", "flexible")
EMPLOYER, FLEXIBLE, BOTH = ("employer",), ("flexible",), PAYERS
YES, NO, EITHER = ("yes",), ("no",), ("yes", "no")
MONTH, NEXT, CREDIT = "payment_month", "month_after_payment", "day_after_credit"
