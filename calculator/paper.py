"""An answer on paper, in HTML: one to three pages with what was told, what follows, what to do, and every source.

The page on the screen has more: each rule with its conditions, and why others do not apply. Paper holds what one acts on
and can check, and the link that leads back to the rest.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from calculator.document.parts import with_condition
from calculator.document.told import told_by_event, told_of_the_life
from calculator.facts import Facts
from calculator.words import Words


def paper(facts: Facts, said: Mapping[str, Any]) -> str:
    """The answer to these facts for the printer. ``said`` is its document (see :func:`calculator.document.document`)."""
    words = Words(said["lang"])
    parts = [
        f"<h2>{escape(said['title'])}</h2><p>{escape(said['asked_on'])}</p>",
        _told(facts, words),
        _list((_sentence(item, words) for item in said["answer"]["items"]), "yb-paper-answer"),
        _part(said["changes"]["title"], _items(said["changes"]["items"], words)),
        _part(said["cover"]["title"], _cover(said, words)),
        *(_part(said[name]["title"], _items(said[name]["items"], words)) for name in ("money", "years", "status")),
        _part(said["steps"]["title"], _steps(said["steps"]["items"], words)),
        _part(said["not_known"]["title"], _questions(said, words)),
        _part(words.say("paper.sources"), _list(_sources(said, words))),
        f"<p>{escape(words.joined([said['weakest'], said['disclaimer']]))} {escape(said['version'])}</p>",
    ]
    lang = "zh-Hans" if words.lang == "zh" else "en"
    return f'<div class="yb-paper-page" lang="{lang}">{"".join(parts)}</div>'


def _told(facts: Facts, words: Words) -> str:
    """What was told: of the whole life in one paragraph, then each event with what belongs to it."""

    def named(told: Mapping[str, str]) -> str:
        return escape(words.semicolon.join(with_condition(name, text, words) for name, text in told.items()))

    title = f"<strong>{escape(words.say('told.title'))}</strong>{words.colon}"
    events = (f"<strong>{escape(event)}</strong> {named(told)}" for event, told in told_by_event(facts, words))
    return f"<p>{title}{named(told_of_the_life(facts, words))}</p>{_list(events)}"


def _part(title: str, content: str) -> str:
    return f"<h3>{escape(title)}</h3>{content}" if content else ""


def _list(items: Iterable[str], name: str = "") -> str:
    """Items that are HTML already."""
    entries = "".join(f"<li>{item}</li>" for item in items)
    kind = f' class="{name}"' if name else ""
    return f"<ul{kind}>{entries}</ul>" if entries else ""


def _sentence(item: Mapping[str, Any], words: Words) -> str:
    return f"{escape(item['text'])}{_aside(item['sure']['text'], words)}"


def _aside(text: str, words: Words) -> str:
    """In brackets and small, after a blank where the language has one."""
    aside = words.aside("", text)
    return f"{' ' if aside.startswith(' ') else ''}<em>{escape(aside.strip())}</em>"


def _items(items: Iterable[Mapping[str, Any]], words: Words) -> str:
    """Details follow in the same paragraph: paper is short, and they belong together."""
    return _list(
        (f"<strong>{escape(item['event'])}</strong> " if "event" in item else "")
        + " ".join([_sentence(item, words), *map(escape, item["details"])])
        for item in items
    )


def _cover(said: Mapping[str, Any], words: Words) -> str:
    """Months of one status together; the page has them one by one."""
    shown = ""
    for stretch in said["cover"]["stretches"]:
        lines = []
        for line in stretch["lines"]:
            ranges = words.semicolon.join(one["text"] for one in line["ranges"])
            covered = f"{with_condition(line['assuming'], ranges, words)}{words.full_stop}"
            lines.append(escape(words.joined([covered, *line["notes"], stretch["beyond"]])))
        title = escape(words.joined([stretch["title"], *stretch["deadlines"]]))
        shown += f"<p>{title}</p>{_list(lines)}"
    return shown + _items(said["cover"]["items"], words)


def _steps(steps: Iterable[Mapping[str, Any]], words: Words) -> str:
    """A box to tick before each; the deadline first. The law of each step is among the sources."""
    order = ("of", "by", "who", "where", "papers", "takes")
    shown = []
    for step in steps:
        facts = {fact["name"]: with_condition(fact["label"], fact["text"], words) for fact in step["facts"]}
        told_facts = _clauses([facts[name] for name in order if name in facts], words)
        shown.append(f'<span class="yb-box" aria-hidden="true"></span>{escape(step["text"])} {escape(told_facts)}')
    return _list(shown, "yb-paper-steps")


def _clauses(clauses: list[str], words: Words) -> str:
    """One after the other with a semicolon between them, unless one is a whole sentence already."""
    ended = [one if one.endswith(words.full_stop) else one + words.semicolon.strip() for one in clauses[:-1]]
    return words.joined([*ended, *clauses[-1:]])


def _questions(said: Mapping[str, Any], words: Words) -> str:
    items = []
    for question in said["not_known"]["items"]:
        own = "" if words.lang == "zh" else f" {escape(question['en'])}"
        items.append(f'<span lang="zh-Hans">{escape(question["zh"])}</span>{own}')
    return _list(items)


def _sources(said: Mapping[str, Any], words: Words) -> Iterable[str]:
    """Every instrument once, with its articles, how its words were seen and when, and its address."""
    cites: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for rule in said["rules"]["items"]:
        for cite in (*rule["cites"], *rule["disagree"]):
            cites.setdefault((cite["named"], cite["url"]), []).append(cite)
    for (instrument, url), cited in cites.items():
        articles = words.listed(dict.fromkeys(cite["article"] for cite in cited))
        comma = "，" if words.lang == "zh" else ", "
        seen = words.listed(dict.fromkeys(f"{cite['seen']}{comma}{cite['checked']}" for cite in cited))
        yield f"{escape(instrument)}{comma}{escape(articles)}{_aside(seen, words)} {escape(url)}"
