"""The pages for offices: what they show of each place is what the rules say, and what they tell of servers is true."""

import http.server
import json
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from calculator.lawbook import lawbook
from calculator.words import Words
from scripts.site_tools import nav_hook
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.paths import DOCS, LANGUAGES
from scripts.site_tools.serve import TYPES

EN = LawPages("en")


def rows_of(table: str) -> list[list[str]]:
    body = table.split("<tbody>")[1]
    return [
        [unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def text_of(page: str, lang: str = "en") -> str:
    return (DOCS / lang / page).read_text(encoding="utf-8")


# -- the checklist ----------------------------------------------------------------------------------------


def test_a_place_says_what_its_own_rules_say() -> None:
    rows = {row[0]: row[1:4] for row in rows_of(EN.employer_cover_table())}
    # Shanghai's notice of 2025, part 3; Guangzhou's wording leaves two readings; Chengdu speaks of arrears only.
    assert rows["Shanghai"] == ["the month after payment", *["the month after the last paid month"] * 2]
    assert rows["Guangzhou"][1:] == ["the last paid month or the one after", "the month after the last paid month"]
    assert rows["Chengdu"] == ["not known", "not known", "the last paid month"]
    # The nation leaves all three open, and so does a place that has no rule and none above it.
    assert not {"China", "Quanzhou"} & rows.keys()


def test_every_rule_on_an_employers_arrears_is_there_and_none_for_people_who_pay_alone() -> None:
    alive = [one for one in lawbook().records.values() if one.topic == "gap" and one.alive_on(lawbook().read_until)]
    told = [one for one in alive if one.when.get("situation") == "arrears"]
    alone = [one for one in told if one.when.get("payer") == "flexible"]
    assert alone
    places = [row[0] for row in rows_of(EN.arrears_table())]
    assert len(places) == len(told) - len(alone)
    assert set(places) == {Words("en").place(one.place) for one in told if one not in alone}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_for_offices_stand_together(lang: str) -> None:
    pages, titles = nav_hook.GROUPS["hr-checklist.md"]
    config = SimpleNamespace(nav=["index.md", *pages, "law.md"], theme={"language": lang}, plugins={"material/tags": SimpleNamespace(config=SimpleNamespace())})
    assert {titles[lang]: list(pages)} in nav_hook.on_config(config).nav


# -- hosting ----------------------------------------------------------------------------------------------


def test_pythons_own_server_sends_types_that_the_calculator_takes(site: Path) -> None:
    folder = json.loads((site / "runtime/current.json").read_text())["folder"]
    files = [*(site / "runtime" / folder).iterdir(), *(site / "assets/calculator").iterdir()]
    guess = http.server.SimpleHTTPRequestHandler.guess_type
    handler = SimpleNamespace(extensions_map=http.server.SimpleHTTPRequestHandler.extensions_map)
    sent = {file.suffix: guess(handler, str(file)) for file in files}
    assert {sent[suffix] for suffix in (".js", ".mjs")} <= {"text/javascript", "application/javascript"}
    assert sent[".wasm"] == "application/wasm"
    assert "text/html" not in sent.values()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_on_hosting_names_what_our_own_server_sends(lang: str) -> None:
    text = text_of("hosting.md", lang)
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        assert f"| `{header}` |" in text and f"add_header {header} " in text
    for suffix in (".js", ".mjs", ".wasm", ".json"):
        kind = TYPES[suffix].split(";")[0]
        assert re.search(rf"\| [^|]*`{re.escape(suffix)}`[^|]* \| `{re.escape(kind)}` \|", text), suffix
    assert "types { text/javascript mjs; }" in text
