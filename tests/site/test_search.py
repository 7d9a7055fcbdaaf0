"""The search of the built site finds what readers type: its own worker is asked, outside a browser."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from scripts.site_tools.glossary import is_named, names, plain_pinyin, terms
from scripts.site_tools.paths import LANGUAGES
from scripts.site_tools.search_index import SearchError, answers, enrich, joined, mend_worker

HERE = Path(__file__).parent
QUERIES = tomllib.loads((HERE / "search_queries.toml").read_text(encoding="utf-8"))
FIRST_OF_ALL, SHOWN = 50, 3


def told_by_worker(site: Path, lang: str, queries: list[str]) -> list[dict[str, list]]:
    """For each query what the worker says: see search_worker.mjs."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("node was not found: install Node.js")
    told = json.dumps({"site": str(site), "lang": lang, "queries": queries})
    result = subprocess.run(
        [node, HERE / "search_worker.mjs"], input=told, capture_output=True, check=True, encoding="utf-8"
    )
    return json.loads(result.stdout)


def asked(site: Path, lang: str, queries: list[str]) -> list[list[str]]:
    """For each query the pages that the worker answers with, best first."""
    found = told_by_worker(site, lang, queries)
    return [[sections[0].split("#")[0] for sections in one["pages"]] for one in found]


@pytest.fixture(scope="session")
def ranks(site: Path) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """By language and query: at which place the expected page came, from 1 (0: not at all), and what came first."""
    found = {}
    for lang, queries in QUERIES.items():
        for (query, page), pages in zip(queries.items(), asked(site, lang, list(queries)), strict=True):
            found[lang, query] = (pages.index(page) + 1 if page in pages else 0, pages[:SHOWN])
    return found


def test_there_are_thirty_queries_in_each_language(site):
    assert {lang: len(queries) for lang, queries in QUERIES.items()} == {"en": 30, "zh": 30}
    for lang, queries in QUERIES.items():
        assert [page for page in queries.values() if not (site / lang / page / "index.html").is_file()] == []


def test_the_expected_page_is_among_the_first_three(ranks):
    assert {query: (rank, first) for query, (rank, first) in ranks.items() if not 1 <= rank <= SHOWN} == {}


def test_the_expected_page_mostly_comes_first(ranks):
    later = {query: (rank, first) for query, (rank, first) in ranks.items() if rank != 1}
    assert len(ranks) - len(later) >= FIRST_OF_ALL, later


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_nowhere_is_not_found(site, lang):
    assert asked(site, lang, ["zzyzx"]) == [[]]


def test_without_the_names_a_query_finds_nothing(site, tmp_path):
    """So the names are what finds it, and a query that is not answered is noticed."""
    folder = tmp_path / "en"
    shutil.copytree(site / "en/assets/javascripts", folder / "assets/javascripts")
    index = json.loads((site / "en/search/search_index.json").read_text(encoding="utf-8"))
    for doc in index["docs"]:
        doc.pop("about", None)
    (folder / "search").mkdir()
    (folder / "search/search_index.json").write_text(json.dumps(index), encoding="utf-8")
    assert asked(tmp_path, "en", ["duanjiao"]) == [[]]


def test_a_chinese_word_is_looked_for_as_a_whole_and_completed(site):
    """断缴 is no search for all that begins with 断, which found 断保 too and marked only 断 on the page."""
    whole, begun = told_by_worker(site, "zh", ["断缴", "等待"])
    assert whole["words"] == whole["completed"] == ["断缴"]
    assert begun["completed"] == ["等待期"]


def test_another_worker_of_the_theme_stops_the_build(tmp_path):
    for lang in LANGUAGES:
        (tmp_path / lang / "assets/javascripts/workers").mkdir(parents=True)
        (tmp_path / lang / "assets/javascripts/workers/search.0.min.js").write_text("for(;;)", encoding="utf-8")
    with pytest.raises(SearchError, match="another search worker"):
        mend_worker(tmp_path)


# -- how the names get into the index ----------------------------------------------------------------------

GAP = {
    "id": "gap",
    "zh": "中断缴费",
    "pinyin": "zhōngduàn jiǎofèi",
    "en": "gap",
    "also_en": ["interruption"],
    "also_zh": ["断缴"],
    "meaning": {"en": "Months without payment.", "zh": "没有缴费的月份。"},
}
DOCS = [
    {"location": "left/", "title": "I left", "text": ""},
    {"location": "left/#gap", "title": "How to count the gap", "text": ""},
    {"location": "left/#singapore", "title": "Singapore", "text": ""},
    {"location": "places/x/", "title": "X", "text": ""},
    {"location": "glossary/#terms", "title": "Terms", "text": "gap and many more"},
]


def test_pinyin_is_found_as_people_type_it():
    assert plain_pinyin("zhōngduàn jiǎofèi") == "zhongduan jiaofei"
    assert plain_pinyin("yìdì jiùyī bèi'àn") == "yidi jiuyi beian"
    assert names(GAP)[-2:] == ["zhongduan jiaofei", "zhongduanjiaofei"]


def test_a_heading_speaks_of_a_term_by_any_of_its_names():
    for heading in ("How to count the gap", "Gaps", "断缴月数怎么数", "An interruption"):
        assert is_named(GAP, heading), heading
    assert not is_named(GAP, "Singapore")


def test_pages_and_headings_get_names_and_lists_get_less_weight():
    made = {one["location"]: one for one in enrich(DOCS, "en", [GAP], {"left/": ["断缴", "quit"]})}
    assert made["left/"]["about"] == "断缴、quit"
    assert "断缴" in made["left/#gap"]["names"] and "names" not in made["left/#singapore"]
    assert made["places/x/"]["boost"] < 1 and "boost" not in made["left/"]
    assert made["glossary/#term-gap"]["title"] == "gap 中断缴费"
    assert made["glossary/#terms"]["text"] == ""


def test_a_chinese_name_is_there_without_its_last_character_too():
    assert joined(["居民医保", "断缴", "gap", "居民医保"]) == "居民医保、断缴、gap、居民医"


def test_a_name_for_a_page_or_of_a_term_that_is_not_there_stops_the_build(tmp_path):
    with pytest.raises(SearchError, match="nowhere/"):
        enrich(DOCS, "en", [GAP], {"nowhere/": ["x"]})
    file = tmp_path / "search.toml"
    file.write_text('["left/"]\nterms = ["gaap"]\nwords = []\n', encoding="utf-8")
    with pytest.raises(SearchError, match="gaap"):
        answers("en", [GAP], file)


def test_every_term_has_a_place_that_its_entry_leads_to(site):
    for lang in LANGUAGES:
        page = (site / lang / "glossary/index.html").read_text(encoding="utf-8")
        assert [term["id"] for term in terms() if f'id="term-{term["id"]}"' not in page] == []
