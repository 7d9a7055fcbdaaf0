"""The sentences that answer first."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from calculator.assessment import Assessment
from calculator.confidence import weakest
from calculator.document.cover import (
    begin_sentence,
    bill_item,
    costs_sentence,
    return_sentence,
    stops_sentence,
    who_paid,
)
from calculator.document.money import money_rules, money_sentence
from calculator.document.parts import ids_of, ids_of_findings, item_of, under, with_condition
from calculator.document.rulings import ruling_item, said_once
from calculator.document.years import standing_sentence, timing_sentence
from calculator.lawbook import Lawbook
from calculator.rules.retiring import Standing
from calculator.words import Words

#: Rulings that answer what is asked, at events that have no month and no balance to speak of.
_ANSWERING = (
    ("cover", "discharge"),
    ("cover", "discharge_cover"),
    ("cover", "cover_stop"),
    ("money", "discharge_account"),
    ("money", "missing"),
    ("money", "heirs"),
    ("cover", "double_enrolment"),
)


def short_answer(assessment: Assessment, lang: str, book: Lawbook | None = None) -> list[dict[str, Any]]:
    """The sentences that answer, alone: for many people at once, where nobody reads the rest."""
    return answer_items(assessment, Words(lang, book))


def answer_items(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """The sentences that answer, before any detail."""
    items = [bill_item(bill, words) for bill in assessment.bills]
    for stretch in assessment.interruptions:
        if stretch.resume is None:
            for case in stretch.cases or (stretch,):
                sentence = under(who_paid(case, stretch), stops_sentence(case, words, assessment.facts.on), words)
                item = item_of(sentence, case.lines[0].sure, words, ids_of(case.stop.records))
                items.append({**item, "place": stretch.origin})
        for line in stretch.lines if stretch.resume is not None else ():
            rules = ids_of(line.finding.records) if line.finding else ()
            sentence = words.joined([return_sentence(line, words), costs_sentence(line, words)])
            if line.cost_bearer == "employer":  # what comforts somebody whose costs the fund does not pay
                sentence = words.joined([sentence, words.say("gap.bearer_employer")])
            gap = ""
            if len(assessment.interruptions) > 1:
                gap = words.say("gap.of", last_paid=stretch.last_paid, resume=stretch.resume)
            sentence = with_condition(words.within(gap, words.assuming(line.assuming)), sentence, words)
            item = item_of(sentence, line.sure, words, rules)
            items.append({**item, "place": stretch.destination})
    for joining in assessment.joinings:
        for line in joining.lines:
            sentence = under(line.assuming, begin_sentence(joining, line, words), words)
            item = item_of(sentence, line.sure, words, ids_of(line.finding.records) if line.finding else ())
            items.append({**item, "place": joining.place})
    for timing in assessment.timings:
        sentence = timing_sentence(timing, assessment, words)
        items.append(
            item_of(under(timing.assuming, sentence, words), timing.sure, words, ids_of_findings(timing.findings))
        )
    for assuming, sentence, standings in _told_apart(assessment.standings, words):
        rules = ids_of_findings([standing.needed for standing in standings])
        sure = weakest(standing.sure for standing in standings)
        items.append(item_of(under(assuming, sentence, words), sure, words, rules))
    rulings = said_once(assessment.rulings, words)
    # Whoever comes back asks first whether there is cover, and whether the years are still there.
    items += [
        {**ruling_item(ruling, words, assessment), "details": []} for ruling in rulings if ruling.topic == "come_back"
    ]
    items += _money_items(assessment, words)
    for ruling in rulings:
        if ruling.topic == "unemployment" and "reason" not in ruling.assuming and not assessment.joinings:
            item = ruling_item(ruling, words, assessment)
            items.append({**item, "text": words.joined([item["text"], *item["details"]]), "details": []})
        of_newborn = ruling.event == "newborn" and ruling.part == "cover"
        if (ruling.part, ruling.topic) in _ANSWERING or of_newborn:
            items.append({**ruling_item(ruling, words, assessment), "details": []})
    return items


def _money_items(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """What happens to the money, event by event; of an event for which every case says the same, once."""
    items = []
    several = len({money.event for money in assessment.money}) > 1
    for (event, _), cases in groupby(assessment.money, key=lambda money: (money.event, money.place)):
        # What happens at one event must not be read as contradicting what happens at another.
        at_event = words.say(f"event.{event}") if several else ""
        told = [(money.assuming, money_sentence(money, words), [money]) for money in cases]
        if len({sentence for _, sentence, _ in told}) == 1:
            told = [({}, told[0][1], [money for _, _, [money] in told])]
        for assuming, sentence, alike in told:
            said = with_condition(words.within(at_event, words.assuming(assuming)), sentence, words)
            rules = dict.fromkeys(rule for money in alike for rule in money_rules(money))
            sure = weakest(money.sure for money in alike)
            items.append({**item_of(said, sure, words, rules), "place": alike[0].place})
    return items


def _told_apart(standings: Iterable[Standing], words: Words) -> list[tuple[dict[str, Any], str, list[Standing]]]:
    """The sentences on the years, each with its condition: a fact is no part of it where every value leads to the same one."""
    said = [(dict(one.assuming), standing_sentence(one, words), [one]) for one in standings]
    if len({sentence for _, sentence, _ in said}) == 1:  # the cases are all there are: whatever is true, it is so
        return [({}, said[0][1], [one for _, _, ones in said for one in ones])]
    for name in {name: None for assuming, _, _ in said for name in assuming}:
        groups: dict[str, list[tuple[dict[str, Any], str, list[Standing]]]] = {}
        for assuming, sentence, ones in said:
            others = {fact: value for fact, value in assuming.items() if fact != name}
            groups.setdefault(repr(others), []).append((assuming, sentence, ones))
        every = {str(assuming.get(name)) for assuming, _, _ in said}
        said = []
        for group in groups.values():
            alike = len({sentence for _, sentence, _ in group}) == 1
            if alike and len(group) > 1 and {str(assuming.get(name)) for assuming, _, _ in group} == every:
                left = {fact: value for fact, value in group[0][0].items() if fact != name}
                group = [(left, group[0][1], [one for _, _, ones in group for one in ones])]
            said += group
    return said
