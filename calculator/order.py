"""What is better than what: the order in which two outcomes of the law are compared for the person they happen to.

An outcome has a rank, more is better. One that is not known may turn out to be any of a stretch of ranks, and is then better
than another only when its worst is no worse than the other's best: nothing is promised that may turn out otherwise.
What no rank is given for (papers, offices, days of working) is no better and no worse than anything else.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calculator.confidence import Confidence, weakest
from calculator.immutable import immutable
from calculator.lawbook import UNKNOWN, Finding, Record, Span

#: No wait is longer: the rank of a wait that is not known goes down to here.
LONGEST_WAIT = 1500
#: Nothing at all is paid during the wait; and what lies between nothing and everything, where no share is named.
NOTHING_PAID, PARTLY_PAID = 0, (1, 99)
#: Said of what does not arise at all, which is better than anything the law may say.
NO_GAP = "no_gap"
#: Outcomes that are names, the worst first. Names in one place are as good as each other.
RANKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "back_pay": (("not_allowed",), ("allowed",)),
    "cover_ends": (("last_paid_month",), ("one_of_the_two",), ("month_after_last_paid",)),
    "exists": (("no",), ("yes",)),
    "gap_costs": (("not_paid",), ("may_be_paid",), ("paid",)),
    "cost_bearer": (("person",), ("employer",)),
    "cover_from": (("month_after_payment",), ("day_after_credit",), ("payment_month",)),
    "account_credit": (("not_credited",), ("credited",)),
    "continuity": (("restarts",), ("kept",)),
    "gap_years": (("not_counted",), ("counted",)),
    "earlier_years": (("end_with_the_person",), ("kept", "kept_on_record", "add_up", "kept_and_service_counts")),
    "balance": (
        ("sealed",),
        ("settled",),
        ("stays", "stays_usable", "what_is_left", "moves", "kept_or_paid", "inherited", "sent_to_unit"),
    ),
    "withdraw": (("no", "no_rule_found"), ("on_ending_relation", "if_not_local_and_can_not_move"), ("on_application",)),
    "nationality": (("lost",), ("restored_on_application",), ("kept",)),
    "resident_scheme": (("not_open",), ("open_with_permanent_residence",), ("open_with_residence_permit",), ("open",)),
    "benefits_in_year": (("no",), ("yes",)),
    "counts_as_insured": (("no",), ("yes",)),
    "placement": (("given_up",), ("late",), ("in_time",)),
}
#: Outcomes that are days, the earlier the better: the first day with benefits, the first day on which heirs can apply.
DAYS = frozenset(("covered_by", "apply_from"))
_RANK_OF = {
    name: {value: rank for rank, values in enumerate(ranks) for value in values} for name, ranks in RANKS.items()
}
SAME, BETTER, WORSE, OPEN = "same", "better", "worse", "open"


@immutable
class Mark:
    """How good one outcome is: its ranks at worst and at best, the values said, how sure, and the rules that say so."""

    worst: int
    best: int
    values: tuple[Any, ...]
    sure: Confidence
    records: tuple[Record, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether there is only one way it can turn out."""
        return self.worst == self.best


def mark(
    name: str, value: Any, sure: Confidence, records: tuple[Record, ...], at_most: int | None = None
) -> Mark | None:
    """The mark of one outcome; None for an outcome without an order. ``at_most`` bounds a wait that is not known,
    which is then said as a span."""
    if value is None:
        return None
    if value == NO_GAP:
        ranks = (len(RANKS[name]),) * 2
    elif name == "wait_months" and value == UNKNOWN:
        ranks = (-(LONGEST_WAIT if at_most is None else at_most), 0)
        value = UNKNOWN if at_most is None else Span(0, at_most)
    elif name == "wait_months":
        ranks = (-value, -value)
    elif name == "during_wait":
        ranks = {"all": (NOTHING_PAID, NOTHING_PAID), "inpatient": PARTLY_PAID}.get(value) or (value, value)
    elif name in RANKS and value == UNKNOWN:
        ranks = (0, len(RANKS[name]) - 1)
    elif name in RANKS and value in _RANK_OF[name]:
        ranks = (_RANK_OF[name][value],) * 2
    else:
        return None
    return Mark(*ranks, (value,), sure, records)


def day_mark(day: date | None, earliest: date, sure: Confidence, records: tuple[Record, ...]) -> Mark:
    """The mark of a day on which something good begins, the earlier the better; one not known is never before
    ``earliest``."""
    if day is None:
        return Mark(-date.max.toordinal(), -earliest.toordinal(), (UNKNOWN,), Confidence.NOT_KNOWN, records)
    return Mark(-day.toordinal(), -day.toordinal(), (day,), sure, records)


def marks_of(finding: Finding) -> dict[str, Mark]:
    """The marks of everything a finding says that has an order, by the name of the outcome."""
    found = {}
    limit = finding.outcomes.get("wait_at_most")
    for name, outcome in finding.outcomes.items():
        if name == "wait_months" and not outcome.known and limit is not None:
            one = mark(name, outcome.value, limit.record.sure, (limit.record,), limit.value)
        else:
            one = mark(name, outcome.value, finding.sure_of(name), (outcome.record,))
        if one is not None:
            found[name] = one
    wait = finding.get("wait_months")
    if type(wait) is int and wait > 0:
        paid = next((o for n in ("benefit_percent", "wait_scope") if (o := finding.outcomes.get(n)) and o.known), None)
        if paid is not None:
            found["during_wait"] = mark("during_wait", paid.value, paid.record.sure, (paid.record,))
    return found


def joined(marks: Iterable[Mark]) -> Mark:
    """Several ways it may turn out, as one mark."""
    marks = list(marks)
    return Mark(
        min(one.worst for one in marks),
        max(one.best for one in marks),
        tuple(dict.fromkeys(value for one in marks for value in one.values)),
        weakest(one.sure for one in marks),
        tuple({record.id: record for one in marks for record in one.records}.values()),
    )


def compare(new: Mark, old: Mark) -> str:
    """``better``: never worse than the old one, and its worst is better than the old one's worst. ``worse`` is the same
    the other way round. ``same``: the same ranks, known or not. ``open``: it may turn out better or worse."""
    if (new.worst, new.best) == (old.worst, old.best):
        return SAME
    if new.worst >= old.best and new.worst > old.worst:
        return BETTER
    if old.worst >= new.best and old.worst > new.worst:
        return WORSE
    return OPEN


def is_loss(name: str, new: Mark, old: Mark) -> bool:
    """Whether somebody loses by it: it can only be as good or worse, or it was open and is now certainly bad."""
    verdict = compare(new, old)
    certainly_bad = new.certain and new.best < old.best and (name == "wait_months" or new.best == 0)
    return verdict == WORSE or (verdict == OPEN and certainly_bad)
