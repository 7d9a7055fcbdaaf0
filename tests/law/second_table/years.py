"""How many years give medical cover in retirement, for someone who retires in 2026. All in months."""

from collections.abc import Collection, Iterator
from typing import Any

from tests.law.second_table import PLACES
from tests.law.second_table.table import Row, U, crossed, from_, months, thresholds

SEXES = ("man", "woman")
MAN, WOMAN, BOTH = ("man",), ("woman",), SEXES
RETIREMENT_YEAR = 2026
OUTCOMES = {
    "total_months": U, "actual_months": U, "local_actual_months": U, "or_continuous_months": U, "more_than": "no",
}  # fmt: skip


def row(places: Collection[str], sex: Collection[str], joined: range | None = None, **says: Any) -> Row:
    """A row on years. ``joined`` is the year of first enrolment."""
    assert set(says) <= set(OUTCOMES), says
    facts = {"sex": sex} | ({"joined_year": joined} if joined is not None else {})
    return Row(tuple(places), facts, says)


#: nat 1 no. 8, 2a art 7: "the number of years needed at retirement … local". Guangdong: its measure (30 and 25 by 2030,
#: steps by city) ended on 2025-06-30, no successor (conf 4.1). Guangzhou: "Years year by year: [NF]" (conf 4.3).
#: Sichuan: only a draft (conf 9). Hubei, Shaanxi, Hainan, Fujian: nothing provincial was found.
NOT_FOUND = ("china", "guangdong", "guangzhou", "sichuan", "hubei", "shaanxi", "hainan", "fujian", "quanzhou")

# fmt: off
YEARS: tuple[Row, ...] = (
    row(NOT_FOUND, BOTH),
    # cit 2 e: 10 years paid in the city since December 2022. conf 3: "Years 2025-2029: [NF]".
    row(("shenzhen",), BOTH, local_actual_months=120),
    # cit 3 e: 25 and 20, of which 10 actual. "25 years for all from 2025": unreliable.
    row(("beijing",), MAN, total_months=300, actual_months=120),
    row(("beijing",), WOMAN, total_months=240, actual_months=120),
    # cit 4 e, conf 9: "累计超过15年", men and women equal. How many of them in Shanghai was not seen.
    row(("shanghai",), BOTH, total_months=180, more_than="yes"),
    # cit 6 e: joined before 2009: 15 in all; from 2009: 15 without a break or 20 in all.
    row(("chengdu",), BOTH, months(1990, 2008), total_months=180),
    row(("chengdu",), BOTH, from_(2009), total_months=240, or_continuous_months=180),
    # cit 8 e: 30 and 25, 10 of them paid in Chongqing.
    row(("chongqing",), MAN, total_months=360, local_actual_months=120),
    row(("chongqing",), WOMAN, total_months=300, local_actual_months=120),
    # cit 9 e: 25 and 20, 5 of them actual. The other claims are "unproved".
    row(("tianjin",), MAN, total_months=300, actual_months=60),
    row(("tianjin",), WOMAN, total_months=240, actual_months=60),
    # cit 1.6: 25 and 20; it overrides Suzhou's older 30 and 25 (cit 11 e).
    row(("jiangsu", "suzhou"), MAN, total_months=300),
    row(("jiangsu", "suzhou"), WOMAN, total_months=240),
    # cit 10 e: "actual ≥ 10".
    row(("nanjing",), MAN, total_months=300, actual_months=120),
    row(("nanjing",), WOMAN, total_months=240, actual_months=120),
    # Regulation of 2021, art 21: "缴费年限累计达到二十年的". Hangzhou's "≥ 10 actual/local" (cit 7 e) does not say which.
    row(("zhejiang", "hangzhou"), BOTH, total_months=240),
    # cit 12 e: 30 and 25 + 10 actual (years from outside count as deemed).
    row(("wuhan",), MAN, total_months=360, actual_months=120),
    row(("wuhan",), WOMAN, total_months=300, actual_months=120),
    # cit 13 e: 30 and 25; actual 10 in 2016, one more each year, 15 from 2021 on.
    row(("xian",), MAN, total_months=360, actual_months=180),
    row(("xian",), WOMAN, total_months=300, actual_months=180),
)
# fmt: on
#: Cells that the source leaves ambiguous: not compared.
NOT_COMPARED = {("hangzhou", "actual_months"), ("hangzhou", "local_actual_months")}


def cases(rows: Collection[Row]) -> Iterator[dict[str, Any]]:
    """Men and women, both tiers, and years of joining on both sides of every threshold."""
    years = [year for year in thresholds(rows, "joined_year") if year >= 1990]
    return crossed(
        sex=SEXES, retirement_year=(RETIREMENT_YEAR,), joined_year=(*years, 2013, 2014), tier=("tier_1", "tier_2")
    )


assert {place for row_ in YEARS for place in row_.places} == set(PLACES)
