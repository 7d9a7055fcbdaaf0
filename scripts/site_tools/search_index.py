"""What readers call a thing, added to the search: pinyin without tones, the other language's word, other names.

The theme's search finds the words that stand on a page. A reader may know another word: "duanjiao", "interruption" or 断缴
for what a page calls a gap. ``docs/search.toml`` says which page answers to which terms; their names come from
``calculator/law/glossary.toml``. Each term also gets an entry of its own, so that a search finds its meaning. Weights keep
long lists of rules behind the pages that explain.

The theme's worker cuts a Chinese query into words that the index has, and leaves the query's last character out of the words
it looks for: 断缴 asked for all that begins with 断, marked just that on the page it led to, and completed nothing. The
worker of the built site is mended (``mend_worker``).

The theme's worker takes any number of fields. Two are added, which nobody sees: ``about``, what a page answers to, and
``names``, the other names of what a heading speaks of. The index is changed after MkDocs wrote it, so that this also holds
for another generator that writes the same index.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from calculator.lawbook import lawbook
from calculator.words import Words
from scripts.site_tools.glossary import Term, is_named, names, terms
from scripts.site_tools.paths import DOCS, LANGUAGES

ANSWERS = DOCS / "search.toml"
#: The theme puts it between the Chinese words of the index.
CUT = "\u200b"
CHINESE = re.compile("[\u4e00-\u9fff]+")
TERMS_SECTION = "glossary/#terms"
#: A heading counts a thousand times as much as text (the theme's choice); what a page answers to counts more.
#: A tag is one word for many pages: it finds them, and puts none of them first (the theme's choice would be a million).
FIELDS = {"about": {"boost": 100_000.0}, "names": {"boost": 1.0}, "tags": {"boost": 1.0}}
#: Pages that list rather than explain come behind the others, unless only they know the word.
WEIGHTS = {"places/": 0.2, "not-known/": 0.3, "law/": 0.3, "add-a-place/": 0.3, "articles/": 0.5, "glossary/#": 0.5}

#: Sections that only list what has a page of its own, or days: nobody looks for them, and they would fill the index.
LEFT_OUT = re.compile(r"places/[\w-]+/#sources|law/#law-[\w-]+|law/[\w-]+/#law-(?:days|provisions|related)")

#: Where the theme's worker looks for words in a query, and how it is right: a word may be the end of the query, too.
WORDS_OF_A_QUERY = ("for(let o=s+1;o<t.length;o++)", "for(let o=s+1;o<=t.length;o++)")


class SearchError(Exception):
    """The names do not fit the pages; the message says which."""


def term_entry(term: Term, lang: str) -> dict[str, Any]:
    """A term as something to find: its names as the title, its meaning as the text."""
    title = {"en": f"{term['en']} {term['zh']}", "zh": f"{term['zh']} {term['en']}"}[lang]
    text = f"<p>{escape(term['meaning'][lang])}</p><p>{escape('、'.join([term['pinyin'], *names(term)]))}</p>"
    return {"location": f"glossary/#term-{term['id']}", "title": title, "text": text, "boost": weight("glossary/#")}


def weight(location: str) -> float | None:
    return next((boost for start, boost in WEIGHTS.items() if location.startswith(start)), None)


def answers(lang: str, known: Sequence[Term], file: Path = ANSWERS) -> dict[str, list[str]]:
    """Address of a page -> all it answers to. Raises SearchError for a term that the glossary does not have."""
    by_id = {term["id"]: term for term in known}
    found = {}
    for page, told in tomllib.loads(file.read_text(encoding="utf-8")).items():
        if strange := set(told["terms"]) - by_id.keys():
            raise SearchError(
                f"docs/search.toml: {page} names terms that the glossary does not have: {sorted(strange)}"
            )
        found[page] = [*told["words"], *(name for term in told["terms"] for name in names(by_id[term]))]
    for place in lawbook().places:
        found[f"places/{place}/"] = [place, Words("en").place(place), Words("zh").place(place)]
    return found


def joined(all_names: Iterable[str]) -> str:
    """Names with a sign between them at which the search cuts.

    A Chinese name stands here without its last character, too, so that it is found as a whole while it is being typed:
    居民医 asks for what begins with it, not for all that begins with 居民.
    """
    listed = list(dict.fromkeys(all_names))
    return "、".join([*listed, *(name[:-1] for name in listed if len(name) > 2 and CHINESE.fullmatch(name))])


def enrich(
    docs: Sequence[Mapping[str, Any]], lang: str, known: Sequence[Term], told: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """The entries of an index with what their pages answer to, other names of what headings speak of, weights, and an
    entry a term; sections that only list are left out. Raises SearchError when a page that answers to something is not in the index."""
    if strange := told.keys() - {doc["location"] for doc in docs}:
        raise SearchError(f"docs/search.toml names pages that are not there: {sorted(strange)}")
    made = []
    for doc in docs:
        entry = dict(doc)
        where, title = entry["location"], entry["title"].replace(CUT, "")
        if LEFT_OUT.fullmatch(where):
            continue
        if (boost := weight(where)) and where not in told:
            entry["boost"] = boost
        if where in told:
            entry["about"] = joined(told[where])
        if other := [name for term in known if is_named(term, title) for name in names(term) if name not in title]:
            entry["names"] = joined(other)
        if where == TERMS_SECTION:
            # Each term is an entry of its own; the table with all of them would be found for any.
            entry["text"] = ""
            made += [entry, *(term_entry(term, lang) for term in known)]
        else:
            made.append(entry)
    return made


def mend_worker(site: Path) -> None:
    """Let the search worker of each language see the last character of a Chinese query. Raises SearchError when the theme's
    worker is another one than the one this was written for."""
    wrong, right = WORDS_OF_A_QUERY
    for lang in LANGUAGES:
        scripts = list((site / lang / "assets/javascripts/workers").glob("search.*.js"))
        if len(scripts) != 1 or scripts[0].read_text(encoding="utf-8").count(wrong) != 1:
            raise SearchError("the theme has another search worker: see whether it still misses the end of a query")
        scripts[0].write_text(scripts[0].read_text(encoding="utf-8").replace(wrong, right), encoding="utf-8")


def add_names(site: Path) -> None:
    """Change the index of each language of a site. Raises SearchError."""
    known = terms()
    for lang in LANGUAGES:
        path = site / lang / "search" / "search_index.json"
        index = json.loads(path.read_text(encoding="utf-8"))
        index["docs"] = enrich(index["docs"], lang, known, answers(lang, known))
        index["config"]["fields"] |= FIELDS
        # Chinese as it is and not as escapes: four sevenths of the size.
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")
        # What the theme's script asks for when a page is opened from the disk, where a browser reads no JSON.
        path.with_suffix(".js").write_text(f"var __index = {text};\n", encoding="utf-8")
