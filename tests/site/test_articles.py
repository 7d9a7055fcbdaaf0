"""Every claim of the five source articles is in the guide exactly once, in both languages, with a verdict and a law."""

import re
from collections import Counter
from pathlib import PurePosixPath

import pytest

from calculator.lawbook import holds, lawbook
from scripts.site_tools import stage
from scripts.site_tools.claim_pages import VERDICTS, ClaimError, read_articles
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.parity import differences, long_sentences
from scripts.site_tools.paths import DOCS, LANGUAGES

#: How many claims each article makes, counted in the articles and not in our file.
COUNTS = {"000": 7, "001": 11, "002": 10, "003": 7, "004": 10}
EVERY = {f"claim-{article}-{number}" for article, count in COUNTS.items() for number in range(1, count + 1)}
TEXT = (DOCS / "claims.toml").read_text("utf-8")
ARTICLES = read_articles(TEXT)
CLAIMS = [claim for article in ARTICLES for claim in article.claims]


@pytest.fixture(scope="module", params=LANGUAGES)
def guide(request):
    """The pages of one language that are written by hand, filled in."""
    templates = stage.environment(request.param, has_pdf=False)
    files = [file for file in (DOCS / request.param).rglob("*.md") if file.name not in stage.ONE_FOR_EACH]
    names = [PurePosixPath(file.relative_to(DOCS / request.param).as_posix()) for file in files]
    return {str(name): templates.get_template(str(name)).render(stage.page_functions(name)) for name in names}


BLOCK = re.compile(r'<div class="yb-claim" id="(claim-\d+-\d+)" markdown="1">.*?</div>', re.S)


def wrong(pages):
    """Claims that the pages hold never or more than once."""
    found = Counter(BLOCK.findall("\n".join(pages.values())))
    return {claim: found[claim] for claim in EVERY | found.keys() if found[claim] != 1}


def test_every_claim_is_there_exactly_once(guide):
    assert wrong(guide) == {}


def test_a_claim_that_is_gone_or_twice_is_found(guide):
    page = "articles/shenzhen.md"
    [block] = [found[0] for found in BLOCK.finditer(guide[page]) if found[1] == "claim-001-3"]
    assert wrong(guide | {page: guide[page].replace(block, "")}) == {"claim-001-3": 0}
    assert wrong(guide | {"law.md": guide["law.md"] + block}) == {"claim-001-3": 2}


def test_each_article_has_a_page_with_its_claims(guide):
    assert {article.id: len(article.claims) for article in ARTICLES} == COUNTS
    for article in ARTICLES:
        assert f'id="claim-{article.id}-1"' in guide[article.page]


def test_every_claim_says_verdict_law_and_page(guide):
    blocks = [found[0] for page in guide.values() for found in BLOCK.finditer(page)]
    assert len(blocks) == len(EVERY)
    for block in blocks:
        [_, verdict, law, more] = re.findall(r"^:   (.*)$", block, re.M)
        assert len(re.findall(r'class="yb-verdict yb-verdict-(\w+)"', verdict)) == 1, block
        assert "](law:" in law, block
        assert re.fullmatch(r"\[.+\]\(\.\./(?:situations/)?[\w-]+\.md#[\w-]+\)", more), block


def test_the_overview_counts_every_verdict(guide):
    table = guide["articles.md"]
    for article in ARTICLES:
        [row] = re.findall(rf"<tr><th scope=\"row\"><a href=\"[\w-]+/\">{article.id}(?:: |：).*?</tr>", table)
        assert f"<td>{COUNTS[article.id]}</td>" in row
        assert sum(map(int, re.findall(r"\d+", row.split("<td>")[2]))) == COUNTS[article.id]


# -- the file of the claims ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('number = 3\nverdict = "partly"\nsee = "withdrawing.md#moving"', 'number = 2\nverdict = "partly"\nsee = "x"', "numbered"),
        ('verdict = "true"\nsee = "left-my-job.md#money"', 'verdict = "perhaps"\nsee = "left-my-job.md#money"', "004-5: the verdict"),
        ('verdict = "true"\nsee = "left-my-job.md#money"', 'verdict = "local"\nsee = "left-my-job.md#money"', "look at where"),
        ('since = "nhsa-2021-43.issued"\nsee = "situations/new-place.md#steps"\nsays.en = \'\'\'Join', 'see = "x"\nsays.en = \'\'\'Join', "003-2: needs .* look at since"),
        ("says.zh = '''余额使用没有期限。'''\n", "", "004-5: says is there in en"),
        ("law.zh = '''可以结转使用，也可以继承（{{ cite(\"sc-1998-44#account-ownership\") }}）。'''", "law.zh = '''可以结转使用，也可以继承。'''", "004-5: names no law in zh"),
        ('id = "003"', 'id = "004"', "article 004: there twice"),
    ],
)  # fmt: skip
def test_a_planted_fault_in_the_file_is_found(before, after, says):
    assert before in TEXT
    with pytest.raises(ClaimError, match=says):
        read_articles(TEXT.replace(before, after, 1))


def test_a_page_or_law_that_does_not_exist_stops_the_build(monkeypatch):
    pages = LawPages("en")
    for before, after, error in (
        ("employer-arrears.md#steps", "employer-arrears.md#no-such-heading", ClaimError),
        ("sil-2010#art4", "sil-2010#no-such-article", KeyError),
        ('"mps-2003.published"', '"mps-2003.no-such-day"', KeyError),
    ):
        planted = read_articles(TEXT.replace(before, after))
        monkeypatch.setattr(pages, "_articles", lambda planted=planted: planted)
        with pytest.raises(error):
            [pages.claims(article.id) for article in planted]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_says_the_same_in_both_languages(claim):
    for part in (claim.says, claim.law):
        texts = [f"---\n---\n\n{part[lang]}\n" for lang in LANGUAGES]
        assert differences(*texts) == []
        assert [sentence for text, lang in zip(texts, LANGUAGES, strict=True) for sentence in long_sentences(text, lang)] == []  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_uses_no_term_that_the_glossary_forbids(claim):
    forbidden = [wrong for term in lawbook().glossary for wrong in term.get("forbidden_en", ())]
    said = claim.says["en"] + claim.law["en"]
    assert [wrong for wrong in forbidden if re.search(rf"\b{re.escape(wrong)}\b", said, re.I)] == []


def test_every_verdict_is_used_and_explained():
    assert {claim.verdict for claim in CLAIMS} == set(VERDICTS)
    for lang in LANGUAGES:
        explained = re.findall(r'verdict\("(\w+)"\)', (DOCS / lang / "articles.md").read_text("utf-8"))
        assert explained == list(VERDICTS)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("claim-000-3", "since 1 August 2021"),  # the law's own words on when it is in force
        ("claim-003-2", "changed by a text of 1 November 2021"),  # its first day in force was not seen
        ("claim-001-7", "since when: not known"),
        ("claim-002-7", "Shanghai"),
        ("claim-004-4", "which place: not known"),
    ],
)
def test_a_verdict_says_since_when_or_where(claim, said):
    [block] = [one[0] for one in BLOCK.finditer(LawPages("en").claims(claim[6:9])) if one[1] == claim]
    assert re.search(rf"^:   <span [^>]*>[^<]*</span> {said}$", block, re.M)


# -- the verdicts against the rules -------------------------------------------------------------------------


def claim_of(name):
    [found] = [claim for claim in CLAIMS if claim.id == name]
    return found


def test_places_said_to_pay_the_costs_of_a_short_gap_do():
    paying = {
        record.place
        for record in lawbook().records.values()
        if record.topic == "gap"
        and record.then.get("gap_costs") == "paid"
        and record.when["gap"].get("at_most", 0) >= 3
    }
    assert set(claim_of("004-7").where) <= paying


def test_places_said_to_stop_cover_next_month_have_such_a_rule():
    stopping = {
        record.place
        for record in lawbook().records.values()
        if record.topic == "cover_stop" and record.then["cover_ends"] != "unknown"
    }
    assert set(claim_of("004-6").where) <= stopping


def test_places_said_to_pay_out_on_settling_abroad_do():
    paying = {
        record.place
        for record in lawbook().records.values()
        if record.topic == "account"
        and holds(record.when["event"], "settle_abroad")
        and record.then.get("withdraw") == "on_application"
    }  # fmt: skip
    assert set(claim_of("004-2").where) <= paying
