"""The site as it was built: what must be in it, and that its parts agree."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from calculator.form import SITUATIONS
from calculator.lawbook import lawbook
from scripts.site_tools import checks, csp, pages, prose
from scripts.site_tools.build import without_comments
from scripts.site_tools.html_files import BuiltSite, read_pages
from scripts.site_tools.paths import ASSETS, DOCS, LANGUAGES
from scripts.site_tools.situation_pages import page_of
from scripts.site_tools.stage import ONE_FOR_EACH


@pytest.fixture(scope="session")
def runtime(site: Path) -> Path:
    """The folder that current.json points to."""
    current = json.loads((site / "runtime" / "current.json").read_text())
    assert current["manifest"] == current["folder"] + "manifest.json"
    return site / "runtime" / current["folder"]


@pytest.fixture(scope="session")
def manifest(runtime: Path) -> dict:
    return json.loads((runtime / "manifest.json").read_text())


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "404.html",
        "csp.txt",
        "csp-embed.txt",
        "en/embed/index.html",
        "zh/embed/index.html",
        "en/index.html",
        "zh/index.html",
        "assets/site.js",
        "assets/styles/pages.css",
        "runtime/current.json",
        "schema/facts.schema.json",
        "schema/assessment.schema.json",
    ],
)
def test_the_site_has(name: str, site: Path) -> None:
    assert (site / name).is_file()


def test_every_style_sheet_of_ours_is_used(site: Path) -> None:
    sheet = (site / "assets/styles/pages.css").read_text(encoding="utf-8")
    for file in (ASSETS / "styles").iterdir():
        if file.name != "chooser.css":
            assert without_comments(file.read_text(encoding="utf-8")) in sheet, file.name
    assert without_comments("/* a */ p { color: red } /* b */\n@media print { p { color: black } }") == (
        "p { color: red }\n@media print { p { color: black } }\n"
    )


def test_a_page_waits_for_one_style_sheet_and_for_no_script(site: Path) -> None:
    for page in read_pages(site):
        assert len(page.tree.xpath("//link[@rel='stylesheet']")) <= 1, page.name
        assert page.tree.xpath("//script[@src][not(@defer or @async or @type='module')]/@src") == [], page.name
    # The theme's own sheets are in ours, and nobody fetches them twice.
    assert "md-typeset" in (site / "assets/styles/pages.css").read_text(encoding="utf-8")
    assert list(site.glob("*/assets/stylesheets/*.css")) == []


def test_every_page_names_its_icon(site: Path) -> None:
    # A browser asks a page without one for /favicon.ico, once and at a time of its own, and finds nothing.
    found = {str(page.name): page.tree.xpath("//head/link[@rel='icon']/@href") for page in read_pages(site)}
    assert {"en/embed/index.html", "index.html"} <= found.keys()
    assert [name for name, icons in found.items() if len(icons) != 1] == []


def test_every_planned_page_is_written_in_both_languages() -> None:
    for lang in LANGUAGES:
        files = (path for path in (DOCS / lang).rglob("*.md") if path.name not in ONE_FOR_EACH)
        written = {path.relative_to(DOCS / lang).as_posix() for path in files}
        # Each situation of the form has a page, without being listed.
        planned = {*pages.planned_pages(), *map(page_of, SITUATIONS)}
        assert written == planned, f"docs/{lang} against the list in mkdocs.yml"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_has_a_page(lang: str, site: Path) -> None:
    made = {path.parent.name for path in (site / lang / "places").glob("*/index.html")}
    assert made == {*lawbook().places, "elsewhere"}


def test_the_site_has_no_fault(site: Path) -> None:
    built = BuiltSite(site)
    assert checks.faults(built) == []
    assert prose.faults(built) == []


def test_each_language_has_its_own_search_index(site: Path) -> None:
    english = json.loads((site / "en/search/search_index.json").read_text())
    chinese = json.loads((site / "zh/search/search_index.json").read_text())
    assert english["config"]["lang"] == ["en", "zh"]
    assert chinese["config"]["lang"] == ["zh", "en"]
    assert {entry["location"] for entry in english["docs"]} == {entry["location"] for entry in chinese["docs"]}
    for index in (english, chinese):
        # Chinese words are parted with this sign when the index is made; the browser cuts there.
        assert any("\u200b" in entry["title"] + entry["text"] for entry in index["docs"])
        assert "\\u200b" in index["config"]["separator"]


def test_every_pages_tag_says_its_language(site: Path) -> None:
    for page in read_pages(site):
        if page.folder in LANGUAGES:
            assert page.tree.get("lang") == LANGUAGES[page.folder], page.name


def test_the_manifest_names_the_runtime_folder_and_is_true(runtime: Path, manifest: dict) -> None:
    assert hashlib.sha256((runtime / "manifest.json").read_bytes()).hexdigest().startswith(runtime.name)
    for entry in manifest["files"]:
        content = (runtime / entry["name"]).read_bytes()
        assert entry["bytes"] == len(content), entry["name"]
        assert entry["sha256"] == hashlib.sha256(content).hexdigest(), entry["name"]


def test_the_runtime_folder_holds_nothing_else(site: Path, runtime: Path, manifest: dict) -> None:
    listed = {entry["name"] for entry in manifest["files"]}
    assert {path.name for path in runtime.iterdir()} == listed | {"manifest.json", "NOTICE.txt"}
    assert {path.name for path in (site / "runtime").iterdir()} == {"current.json", runtime.name}


def test_the_lock_file_knows_our_wheel_and_no_other_package(runtime: Path, manifest: dict, root: Path) -> None:
    lock = json.loads((runtime / "pyodide-lock.json").read_text())
    assert list(lock["packages"]) == [manifest["package"]]
    package = lock["packages"][manifest["package"]]
    assert package["sha256"] == hashlib.sha256((runtime / package["file_name"]).read_bytes()).hexdigest()
    assert package["imports"] == ["calculator"]
    assert package["depends"] == []
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert (package["name"], package["version"]) == (project["name"], project["version"])


def test_python_in_the_page_is_the_minor_version_of_these_tests(manifest: dict, root: Path) -> None:
    assert manifest["python"].startswith((root / ".python-version").read_text().strip() + ".")


def test_the_policy_is_that_of_the_pages(site: Path) -> None:
    policy = (site / "csp.txt").read_text().strip()
    assert policy == csp.policy(site)
    assert "unsafe-inline" not in policy
    # Four of the theme and three of ours, on pages of every depth; one of 404.html: a new one wants a look.
    assert len(csp.inline_script_hashes(site)) == 8


def test_only_the_calculator_alone_may_stand_in_a_frame(site: Path) -> None:
    page, embedded = ((site / name).read_text().strip() for name in ("csp.txt", "csp-embed.txt"))
    assert page.endswith("; frame-ancestors 'none'")
    assert embedded == page.replace("frame-ancestors 'none'", "frame-ancestors *")


def test_the_policy_lets_scripts_come_from_the_site_only(site: Path) -> None:
    policy = dict(part.split(" ", 1) for part in (site / "csp.txt").read_text().strip().split("; "))
    assert policy["default-src"] == "'self'"
    sources = policy["script-src"].split()
    assert all(source in ("'self'", "'wasm-unsafe-eval'") or source.startswith("'sha256-") for source in sources)
