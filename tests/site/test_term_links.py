"""The first use of a term leads to the glossary, and nothing else on the page changes."""

from pathlib import PurePosixPath

import pytest
from lxml import html

from scripts.site_tools.html_files import HtmlPage, read_pages
from scripts.site_tools.term_links import Finder, link_terms, tip

TERMS = [
    {
        "id": "account",
        "zh": "个人账户",
        "pinyin": "gèrén zhànghù",
        "en": "personal account",
        "also_en": ["individual account"],
        "meaning": {"en": "Money of one's own.", "zh": "归个人的钱。"},
    },
    {
        "id": "withdrawal",
        "zh": "个人账户一次性支取",
        "pinyin": "gèrén zhànghù yīcìxìng zhīqǔ",
        "en": "one-off withdrawal",
        "also_en": ["lump sum (of the account)"],
        "meaning": {"en": "All at once.", "zh": "一次取完。"},
    },
    {"id": "gap", "zh": "断缴", "pinyin": "duànjiǎo", "en": "gap", "meaning": {"en": "Unpaid.", "zh": "没有缴费。"}},
]
FINDERS = {lang: Finder(TERMS, lang) for lang in ("en", "zh")}


def linked(body: str, name: str = "en/a/index.html") -> HtmlPage:
    page = HtmlPage(PurePosixPath(name), html.document_fromstring(f"<body><article>{body}</article></body>"))
    before = page.tree.text_content()
    link_terms(page, FINDERS)
    assert page.tree.text_content() == before
    return page


def links(page: HtmlPage) -> list[tuple[str, str]]:
    return [(link.text, link.get("href")) for link in page.tree.xpath("//a[@class='yb-term']")]


def test_only_the_first_use_on_a_page_is_a_link():
    page = linked("<p>Gaps and <b>x</b> a Personal account, a gap.</p><ul><li>An individual account</li></ul>")
    assert links(page) == [("Gaps", "../glossary/#term-gap"), ("Personal account", "../glossary/#term-account")]


def test_the_longest_name_counts():
    page = linked("<p>个人账户一次性支取，<strong>断缴</strong>，个人账户</p>", "zh/places/x/index.html")
    assert links(page) == [
        ("个人账户一次性支取", "../../glossary/#term-withdrawal"),
        ("断缴", "../../glossary/#term-gap"),
        ("个人账户", "../../glossary/#term-account"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>The gap</h2>",
        "<p><a href='x'>the gap</a> <code>gap</code></p>",
        "<p class='admonition-title'>Gap</p>",
        "<form><p>The gap</p></form>",
        "<blockquote lang='zh-Hans'><p>gap</p></blockquote>",
        "<div class='yb-result'><p>The gap</p></div>",
        "<p>Singapore</p>",
    ],
)
def test_headings_links_code_forms_and_quotations_are_left_alone(body):
    assert links(linked(body)) == []
    # The first use in prose behind it is the first.
    assert links(linked(body + "<p>A gap</p>")) == [("gap", "../glossary/#term-gap")]


def test_a_tip_says_what_the_reader_does_not_see():
    assert tip(TERMS[2], "en") == "断缴 duànjiǎo: Unpaid."
    assert tip(TERMS[2], "zh") == "duànjiǎo · gap：没有缴费。"


def test_the_glossary_itself_is_left_alone():
    assert links(linked("<p>A gap</p>", "en/glossary/index.html")) == []


def test_the_pages_of_the_site_explain_their_terms(site):
    """On each page each term once, and on pages that explain there are some."""
    for page in read_pages(site):
        found = [address for _, address in links(page)]
        assert len(found) == len(set(found)), page.name
        if page.name.parts[1:-1] == ("left-my-job",):
            assert len(found) > 10
