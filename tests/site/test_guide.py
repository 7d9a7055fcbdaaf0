"""The guide is the same guide in both languages, in short sentences."""

import re

import pytest

from calculator.lawbook import lawbook
from scripts.site_tools.parity import (
    differences,
    headings_without_id,
    long_sentences,
    mark_translated,
    stale_translations,
)
from scripts.site_tools.paths import DOCS, LANGUAGES


def pages(lang):
    """The pages of a language by their path, those in folders too."""
    return sorted(file.relative_to(DOCS / lang).as_posix() for file in (DOCS / lang).rglob("*.md"))


PAGES = pages("en")


def read(lang, page):
    return (DOCS / lang / page).read_text("utf-8")


def test_both_languages_have_the_same_pages():
    assert pages("zh") == PAGES
    assert "index.md" in PAGES and "articles/shenzhen.md" in PAGES and len(PAGES) >= 10


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_shape_in_both_languages(page):
    assert differences(read("en", page), read("zh", page)) == []


PAGE = (
    "---\ndescription: x\n---\n\n# Title { #title }\n\nPay by 3 months. [More](law.md#a)\n\n- one\n\n{{ sure('x') }}\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{ #title }", "{ #other }"),
        ("3 months", "4 months"),
        ("law.md#a", "law.md#b"),
        ("- one\n", "- one\n- two\n"),
        ("sure('x')", "sure('y')"),
        ("\n- one", "\n| a |\n| - |\n| b |\n\n- one"),
        ("- one\n\n{{ sure('x') }}", "{{ sure('x') }}\n\n- one"),
        ("3 months", "3 months[^a]"),
    ],
)
def test_a_planted_difference_is_found(before, after):
    assert PAGE.count(before) == 1
    assert differences(PAGE, PAGE) == []
    assert differences(PAGE, PAGE.replace(before, after))


def test_no_translation_is_stale():
    """Bring the Chinese page into line, then: python -m scripts.site_tools.parity PAGE"""
    assert stale_translations() == []


def test_a_changed_original_makes_its_translation_stale(tmp_path):
    page, marks = tmp_path / "en/places/a.md", tmp_path / "translated.toml"
    page.parent.mkdir(parents=True)
    page.write_text("One.\n")
    mark_translated([], tmp_path, marks)
    page.write_text("One. \n")
    assert stale_translations(tmp_path, marks) == []
    page.write_text("Two.\n")
    assert stale_translations(tmp_path, marks) == ["places/a.md"]
    mark_translated(["places/a.md"], tmp_path, marks)
    assert stale_translations(tmp_path, marks) == []
    page.with_name("b.md").write_text("New.\n")
    page.unlink()
    assert stale_translations(tmp_path, marks) == ["places/a.md", "places/b.md"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_heading_has_its_own_address(page, lang):
    assert headings_without_id(read(lang, page)) == []


def test_a_heading_without_an_address_is_found():
    assert headings_without_id(PAGE.replace(" { #title }", "")) == ["Title"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_sentences_are_short(page, lang):
    assert list(long_sentences(read(lang, page), lang)) == []


def test_a_long_sentence_is_found():
    assert list(long_sentences(PAGE + "word " * 36, "en"))
    assert list(long_sentences(PAGE + "字" * 61, "zh"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_links_outside_go_to_official_hosts(page, lang):
    hosts = re.findall(r"https?://([\w.-]+)", read(lang, page))
    # ".example" is nobody's (RFC 2606): it stands in code that readers fill in.
    assert [host for host in hosts if not host.endswith(("gov.cn", "w3.org", ".example"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_term_is_used_that_the_glossary_forbids(page):
    forbidden = [wrong for term in lawbook().glossary for wrong in term.get("forbidden_en", ())]
    assert forbidden
    text = read("en", page)
    assert [wrong for wrong in forbidden if re.search(rf"\b{re.escape(wrong)}\b", text, re.I)] == []


def test_the_glossary_is_whole():
    terms = lawbook().glossary
    assert len(terms) > 60
    assert len({term["id"] for term in terms}) == len(terms)
    for term in terms:
        assert term["zh"] and term["pinyin"] and term["en"] and term["meaning"]["en"] and term["meaning"]["zh"]
