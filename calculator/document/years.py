"""Years in sentences: retirement months, years reached and missing, how to make them up."""

from collections.abc import Iterable
from typing import Any

from calculator import months
from calculator.assessment import Assessment
from calculator.confidence import weakest
from calculator.document.parts import ids_of, ids_of_findings, item_of, under
from calculator.lawbook import UNKNOWN
from calculator.rules.retirement import Way
from calculator.rules.retiring import Held, Standing, Timing
from calculator.rules.years import Years
from calculator.words import Words


def years_item(years: Years, words: Words) -> dict[str, Any]:
    # What is not known of the years is not only a matter of a payout where the nationality is lost.
    of_event = f"{years.earlier_years}_{years.event}"
    key = of_event if of_event in words.templates["years"] else years.earlier_years
    said = [words.say(f"years.{key}")] if key else []
    if years.gap_years:
        said.append(words.say(f"years.gap_{years.gap_years}"))
    level = weakest([years.sure, *([years.finding.sure_of("gap_years")] if years.gap_years else [])])
    return item_of(under(years.assuming, words.joined(said), words), level, words, ids_of(years.finding.records))


def timing_item(timing: Timing, assessment: Assessment, words: Words) -> dict[str, Any]:
    """When somebody retires, the months to choose from, and the pension years, kept apart from the medical ones."""
    law, details = timing.law, []
    to_come = law is not None and timing.choice != "reached" and law.month >= months.month_of(assessment.facts.on)
    if law is not None and to_come:
        key = "window" if law.earliest < law.latest else "no_window"
        details.append(words.say(f"retirement.{key}", earliest=law.earliest, latest=law.latest))
    if timing.possible is not None:
        details.append(words.say("retirement.reached_window", first=timing.possible.first, last=timing.possible.last))
    if timing.pension_months is not None:
        details.append(words.say("retirement.pension", needed=timing.pension_months))
    elif timing.choice in ("earlier", "later"):
        details.append(words.say("retirement.pension_not_known"))
    text = under(timing.assuming, timing_sentence(timing, assessment, words), words)
    return {
        "event": words.say("event.retire"),
        **item_of(text, timing.sure, words, ids_of_findings(timing.findings), details),
    }


def timing_sentence(timing: Timing, assessment: Assessment, words: Words) -> str:
    law, key = timing.law, timing.choice
    said_of = law.month if key == "statutory" and law else timing.retires
    if said_of is not None and said_of < months.month_of(assessment.facts.on):
        key = f"{key}_past" if f"{key}_past" in words.templates["retirement"] else key
    told: dict[str, Any] = {"retires": timing.retires}
    if law is not None:
        told |= {"month": law.month, "age": law.age_months, "earliest": law.earliest, "latest": law.latest}
        if timing.retires is not None:
            told["off"] = abs(timing.retires - law.month)
    return words.say(f"retirement.{key}", **told)


def standing_items(standings: Iterable[Standing], words: Words) -> list[dict[str, Any]]:
    """The standings one by one; how years are made up is said once where it is the same."""
    items: list[dict[str, Any]] = []
    said_before: list[list[str]] = []
    for standing in standings:
        make_up = _make_up(standing, words)
        again = bool(make_up) and make_up in said_before
        said_before.append(make_up)
        items.append(_standing(standing, [words.say("standing.ways_as_above")] if again else make_up, words))
    return items


def _standing(standing: Standing, make_up: list[str], words: Words) -> dict[str, Any]:
    """The years told against the years needed, number by number, with what is missing and how it is made up."""
    details = []
    for held in standing.held:
        details.append(_held(held, words))
        if held.or_continuous is not None:
            details.append(words.say("standing.or_continuous", needed=held.or_continuous))
    if standing.counted is not None:
        for part in standing.counted.parts:
            kind, counts = words.value(part.kind), words.value(part.counts_as)
            details.append(words.say("standing.part", kind=kind, told=part.months, counts_as=counts))
            if (before := part.finding.get("before")) is not None:
                details.append(words.say("standing.part_until", before=before))
        details.append(words.say("standing.told_only"))
    if standing.left is not None and standing.missing is not None and standing.missing.last:
        key = "to_go" if standing.left.last else "to_go_complete"
        details.append(words.say(f"standing.{key}", retires=standing.retires, to_go=standing.to_go, left=standing.left))
    details += make_up
    rules = ids_of_findings([standing.needed, *([standing.shortfall] if standing.shortfall else [])])
    text = under(standing.assuming, standing_sentence(standing, words), words)
    item = {"event": words.say(f"event.{standing.event}"), **item_of(text, standing.sure, words, rules, details)}
    bars = [_bar(held, words) for held in standing.held if held.needed and held.paid is not None]
    return {**item, "bars": bars} if bars else item


def standing_sentence(standing: Standing, words: Words) -> str:
    """The one sentence that says whether years are missing."""
    if standing.missing is not None:
        key = "missing" if standing.missing.last else "complete"
        tier_1 = next((held.missing for held in standing.held if held.name == "tier_1"), None)
        return words.joined(
            [
                words.say(f"standing.{key}", place=standing.place, missing=standing.missing),
                words.say("standing.tier_1_short", missing=tier_1) if tier_1 and tier_1.last else "",
            ]
        )
    if standing.at_least:
        return words.say("standing.at_least", place=standing.place, missing=standing.at_least)
    if all(held.needed is None for held in standing.held):
        return words.say("standing.not_known", place=standing.place)
    if any(held.paid is not None for held in standing.held):
        return words.say("standing.open", place=standing.place)
    needed = words.listed(
        words.say("standing.needed_number", needed=held.needed, what=words.say(f"standing.number_{held.name}"))
        for held in standing.held
        if held.needed is not None
    )
    return words.say("standing.needed", place=standing.place, needed=needed)


def _label(held: Held, words: Words) -> str:
    label = words.say(f"standing.number_{held.name}")
    return label[0].upper() + label[1:]


def _held(held: Held, words: Words) -> str:
    if held.needed is None:
        key = "nothing" if held.paid is None else "open"
    elif held.paid is None:
        key = "not_told"
    elif held.missing is None:
        key = "undecided"
    else:
        key = "short" if held.missing.last else "complete"
    told = {"label": _label(held, words), "needed": held.needed, "paid": held.paid, "missing": held.missing}
    return words.say(f"standing.held_{key}", **told)


def _bar(held: Held, words: Words) -> dict[str, Any]:
    """One bar of the picture, in months: what counts in any case, what may count, what is needed."""
    return {
        "label": words.say("standing.bar", label=_label(held, words), paid=held.paid, needed=held.needed),
        "paid": held.paid.first,
        "may_count": held.paid.last - held.paid.first,
        "needed": held.needed,
    }


def _make_up(standing: Standing, words: Words) -> list[str]:
    """The ways to make missing years up, with prices, and what holds meanwhile."""
    law = standing.shortfall
    if law is None:
        return []
    said = [_way(way, words) for way in standing.ways]
    if any(way.rounded for way in standing.ways):
        said.append(words.say("standing.rounded"))
    base, percent, rate = law.get("base"), law.get("base_percent"), law.get("rate_bp")
    if base is not None and base != UNKNOWN:
        by_rate = words.quantity("bp", rate) if rate is not None else law.get("rate") and words.value(law.get("rate"))
        key = "price_share" if percent is not None and by_rate else "price_rate" if by_rate else "price_base"
        share = words.quantity("percent", percent) if percent is not None else None
        said.append(
            words.say(
                "standing.price_from",
                **{"from": words.say(f"standing.{key}", rate=by_rate, percent=share, base=words.value(base))},
            )
        )
    for name in ("extra_fen_per_month", "extra_fen_per_year"):
        if (fen := law.get(name)) is not None:
            said.append(words.say(f"standing.{name}", value=words.quantity("fen", fen)))
    for name in ("benefits_meanwhile", "account_meanwhile", "account_may_pay", "or_resident_scheme"):
        if (value := law.get(name)) is not None:
            said.append(words.say(f"standing.{name}_{value}"))
    if (tied := standing.needed.get("tied_to_pension_place")) is not None:
        said.append(words.say(f"standing.tied_to_pension_place_{tied}"))
    return said


def _way(way: Way, words: Words) -> str:
    """One way to make up the years: months times price where both are known, else what is."""
    by_year = way.fen_per_month is None and way.fen_per_year is not None
    price = way.fen_per_year if by_year else way.fen_per_month
    key = "open" if price is None else "sum" if way.fen is not None else "price"
    return words.say(
        f"standing.way_{key}{'_year' if by_year else ''}",
        way=words.say(f"standing.way_{way.kind}"),
        months=way.months,
        price=price,
        sum=way.fen,
    )
