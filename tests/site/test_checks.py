"""The checks that stop a build: each is quiet on a good site and speaks when its fault is planted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.site_tools import checks, csp
from scripts.site_tools.html_files import BuiltSite

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><meta name="description" content="What it is about">
<link rel="stylesheet" href="../assets/site.css"></head>
<body><article><h1 id="top">A page</h1>{body}</article></body></html>
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Two pages without fault."""
    for lang in ("en", "zh"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "index.html").write_text(PAGE.format(body="<p><a href='../zh/#top'>中文</a></p>"))
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").write_text("/* https://example.org */ p { color: red }")
    (tmp_path / "assets" / "site.js").write_text('const a = "http://www.w3.org/2000/svg";')
    return tmp_path


def plant(site: Path, body: str) -> None:
    for lang in ("en", "zh"):
        (site / lang / "index.html").write_text(PAGE.format(body=body))


def test_a_good_site_has_no_fault(small_site: Path) -> None:
    assert checks.faults(BuiltSite(small_site)) == []


@pytest.mark.parametrize(
    ("check", "body", "words"),
    [
        (checks.dead_links, "<a href='nothing/'>x</a>", "leads nowhere"),
        (checks.dead_links, "<a href='../zh/#nothing'>x</a>", "a place that zh/index.html does not have"),
        (checks.dead_links, "<a href='#nothing'>x</a>", "a place that en/index.html does not have"),
        (checks.dead_links, "<a href='/en/'>x</a>", "only at the root of a host"),
        (checks.dead_links, "<a href='../../outside.html'>x</a>", "leads nowhere"),
        (checks.dead_links, "<img src='nothing.png' alt=''>", "leads nowhere"),
        (checks.third_party, "<img src='https://example.org/a.png' alt=''>", "fetches https://example.org/a.png"),
        (checks.third_party, "<script src='//example.org/a.js'></script>", "fetches //example.org/a.js"),
        (checks.third_party, "<link rel='stylesheet' href='https://example.org/a.css'>", "fetches"),
        (checks.third_party, "<link rel='preconnect' href='https://example.org'>", "fetches"),
        (checks.third_party, "<img srcset='a.png 1x, https://example.org/b.png 2x' alt=''>", "fetches"),
        (checks.repeated_ids, "<p id='top'>x</p>", "the id top is there 2 times"),
        (checks.blocked_by_policy, "<p style='color: red'>x</p>", "which browsers will refuse"),
        (checks.blocked_by_policy, "<p onclick='f()'>x</p>", "which browsers will refuse"),
        (checks.blocked_by_policy, "<a href='javascript:f()'>x</a>", "which browsers will refuse"),
    ],
)
def test_a_planted_fault_is_found(
    check: Callable[[BuiltSite], Iterator[str]], body: str, words: str, small_site: Path
) -> None:
    plant(small_site, body)
    found = list(check(BuiltSite(small_site)))
    assert any(words in fault for fault in found), found


def test_a_link_that_a_reader_follows_may_lead_elsewhere(small_site: Path) -> None:
    plant(small_site, "<a href='https://example.org/law'>the law</a>")
    assert checks.faults(BuiltSite(small_site)) == []


def test_a_fragment_may_carry_answers_to_the_form(small_site: Path) -> None:
    plant(small_site, "<a href='../zh/#situation=die'>x</a>")
    assert checks.faults(BuiltSite(small_site)) == []


@pytest.mark.parametrize(
    "style",
    [
        "p { background: url(https://example.org/a.png) }",
        'p { background: url("//example.org/a.png") }',
        '@import "https://example.org/a.css";',
        "@media print { p { background: url(https://example.org/a.png) } }",
    ],
)
def test_a_style_that_fetches_from_elsewhere_is_found(style: str, small_site: Path) -> None:
    (small_site / "assets" / "site.css").write_text(style)
    assert len(list(checks.third_party(BuiltSite(small_site)))) == 1


def test_a_script_that_names_another_host_is_found(small_site: Path) -> None:
    (small_site / "assets" / "site.js").write_text('await import("https://example.org/a.js");')
    assert len(list(checks.third_party(BuiltSite(small_site)))) == 1


def test_a_page_in_one_language_only_is_found(small_site: Path) -> None:
    (small_site / "en" / "law").mkdir()
    (small_site / "en" / "law" / "index.html").write_text(PAGE.format(body=""))
    assert list(checks.unequal_languages(BuiltSite(small_site))) == ["law/index.html: is there in one language only"]


def test_a_heading_with_another_id_is_found(small_site: Path) -> None:
    (small_site / "zh" / "index.html").write_text(PAGE.format(body="<h2 id='_1'>年限</h2>"))
    (small_site / "en" / "index.html").write_text(PAGE.format(body="<h2 id='years'>Years</h2>"))
    assert "h2#years where Chinese has h2#_1" in next(checks.unequal_languages(BuiltSite(small_site)))


def test_a_page_without_description_is_found(small_site: Path) -> None:
    (small_site / "en" / "index.html").write_text("<!doctype html><html lang='en'><title>x</title><p>x</p>")
    assert list(checks.missing_descriptions(BuiltSite(small_site))) == ["en/index.html: has no description"]


def test_the_policy_names_every_inline_script_and_no_data(small_site: Path) -> None:
    plant(small_site, "<script>f()</script><script type='application/json'>{}</script>")
    # printf 'f()' | openssl dgst -sha256 -binary | base64
    assert csp.inline_script_hashes(small_site) == ["'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='"]
