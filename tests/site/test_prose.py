"""What the finished pages say: each check is quiet on good pages and speaks when its fault is planted."""

from datetime import date
from pathlib import PurePosixPath

import pytest
from lxml import html

from scripts.site_tools import prose
from scripts.site_tools.html_files import BuiltSite, HtmlPage

TERMS = [{"forbidden_en": ["mouth of household"]}]


def site_of(body: str, lang: str = "en") -> BuiltSite:
    made = BuiltSite(folder=None)
    tree = html.document_fromstring(f"<body><article><h1>Title</h1>{body}</article></body>")
    made.pages = [HtmlPage(PurePosixPath(f"{lang}/a/index.html"), tree)]
    return made


def found(body: str, lang: str = "en", **told: list) -> list[str]:
    return list(prose.prose_faults(site_of(body, lang), told, TERMS))


LONG = "word " * 36


@pytest.mark.parametrize("element", ["p", "li", "td", "dd", "figcaption", "summary", "caption", "h2"])
def test_a_long_sentence_is_found_wherever_it_stands(element):
    assert len(found(f"<{element}>{LONG}.</{element}>")) == 1
    assert found(f"<{element}>{'word ' * 34}last. And another sentence.</{element}>") == []


def test_chinese_is_counted_between_marks():
    assert len(found(f"<p>{'字' * 61}</p>", "zh")) == 1
    assert found(f"<p>{'字' * 40}，{'字' * 40}</p>", "zh") == []


def test_what_stands_beside_a_sentence_does_not_make_it_longer():
    aside = f"<a class='yb-cite-link' href='x'>{LONG}</a><span class='yb-sure yb-sure-official'>{LONG}</span>"
    assert found(f"<p>Short {aside} sentence.</p><blockquote><p>{LONG}</p></blockquote><pre>{LONG}</pre>") == []
    assert len(found(f"<p>{aside} {LONG}</p>")) == 1


def test_a_forbidden_rendering_is_found():
    assert len(found("<li>Bring the Mouth of Household.</li>")) == 1
    assert found("<li>口 is the mouth of householders</li>") == []


def test_an_exception_lets_pass_what_it_names_and_must_be_needed():
    assert found(f"<p>{LONG} special</p>", long=[{"words": "special"}]) == []
    assert found("<p>A mouth of household, rightly.</p>", term=[{"words": "rightly"}]) == []
    (fault,) = found("<p>Short.</p>", long=[{"words": "special"}])
    assert "nothing needs" in fault


def test_every_exception_has_a_reason_or_a_title_and_a_day():
    told = prose.exceptions()
    assert all(one["words"] and one["reason"] for kind in ("long", "term") for one in told[kind])
    assert all(one["words"] and one["title"] and date.fromisoformat(one["checked"]) for one in told["link"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<table><tr><th scope='col'>A</th></tr></table>", "has no caption"),
        ("<table><caption> </caption><tr><th scope='col'>A</th></tr></table>", "has no caption"),
        ("<table><caption>A</caption><tr><td>1</td></tr></table>", "has no heading"),
        ("<table><caption>A</caption><tr><th>1</th></tr></table>", "has no heading"),
    ],
)
def test_a_table_without_words_is_found(body, words):
    (fault,) = prose.tables_without_words(site_of(body))
    assert words in fault
    assert not list(
        prose.tables_without_words(site_of("<table><caption>A</caption><tr><th scope='row'>1</th></tr></table>"))
    )


@pytest.mark.parametrize(
    "body",
    [
        "<img src='a.png'>",
        "<img src='a.png' alt=''>",
        "<svg role='img'></svg>",
        "<svg role='img' aria-labelledby='nowhere'></svg>",
        "<svg aria-label='A picture'></svg>",
    ],
)
def test_a_picture_without_words_is_found(body):
    assert len(list(prose.pictures_without_words(site_of(body)))) == 1


def test_a_picture_with_words_or_for_looks_only_passes():
    good = "<img src='a.png' alt='A'><svg role='img' aria-labelledby='t'><title id='t'>T</title></svg><svg aria-hidden='true'></svg>"
    assert list(prose.pictures_without_words(site_of(good))) == []


def test_a_link_outside_without_stored_title_and_day_is_found():
    body = "<p><a href='https://example.gov.cn/a'>a</a> <a href='../b/'>b</a></p>"
    assert len(list(prose.links_outside(site_of(body), {}))) == 1
    assert list(prose.links_outside(site_of(body), {"https://example.gov.cn/a": date(2026, 11, 22)})) == []
    assert all(isinstance(day, date) for day in prose.stored_links().values())


@pytest.mark.parametrize(("lang", "text"), [("en", "1. If you pay: If you pay: join."), ("zh", "好。如果缴费：如果缴费：参保。")])
def test_what_is_said_twice_before_a_colon_is_found(lang, text):
    (fault,) = prose.said_twice(site_of(f"<ol><li>{text}</li></ol>", lang))
    assert "said twice" in fault
    assert list(prose.said_twice(site_of("<p>Who: you. Where: the agency: a window. 谁办：本人：是</p>"))) == []
