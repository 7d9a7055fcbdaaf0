"""Page templates become Markdown, and what they cannot mean stops the build."""

from pathlib import Path, PurePosixPath

import pytest

from scripts.site_tools import stage


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A docs folder of our own, with one asset."""
    (tmp_path / "docs" / "en" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "assets").mkdir()
    (tmp_path / "docs" / "assets" / "a.js").touch()
    monkeypatch.setattr(stage, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(stage, "ASSETS", tmp_path / "docs" / "assets")
    monkeypatch.setattr(stage, "STAGE", tmp_path / "stage")
    monkeypatch.setattr(stage, "law_globals", lambda lang: {"years": {"Shenzhen": 25}, "broken": {}.__getitem__})
    return tmp_path / "docs"


def staged(docs: Path, text: str, name: str = "page.md") -> str:
    (docs / "en" / name).write_text(text)
    stage.stage_language("en", has_pdf=False)
    return (stage.STAGE / "en" / name).read_text()


def test_a_page_takes_numbers_from_the_law_data(docs: Path) -> None:
    assert staged(docs, "{{ years.Shenzhen }} years\n") == "25 years\n"


def test_an_unknown_name_stops_the_build_and_names_the_page(docs: Path) -> None:
    with pytest.raises(stage.StagingError, match=r"docs/en/page\.md:2: .*yeras"):
        staged(docs, "\n{{ yeras }}")


def test_an_unknown_record_stops_the_build_and_names_the_page(docs: Path) -> None:
    with pytest.raises(stage.StagingError, match=r"docs/en/page\.md:3: .*zip"):
        staged(docs, "\n\n{{ broken('zip') }}")


def test_the_id_of_a_heading_is_left_alone(docs: Path) -> None:
    assert staged(docs, "# Years {#years}\n") == "# Years {#years}\n"


def test_an_asset_must_exist(docs: Path) -> None:
    assert staged(docs, "{{ asset('a.js') }}") == "../../assets/a.js"
    with pytest.raises(stage.StagingError, match=r"b\.js does not exist"):
        staged(docs, "{{ asset('b.js') }}")


def test_other_files_are_copied(docs: Path) -> None:
    (docs / "en" / "deep" / "picture.svg").write_text("<svg/> {{ not a mark }}")
    stage.stage_language("en", has_pdf=False)
    assert (stage.STAGE / "en" / "deep" / "picture.svg").read_text() == "<svg/> {{ not a mark }}"


def test_a_page_that_is_gone_leaves_no_staged_page(docs: Path) -> None:
    staged(docs, "text")
    (docs / "en" / "page.md").unlink()
    stage.stage_language("en", has_pdf=False)
    assert not (stage.STAGE / "en" / "page.md").exists()


@pytest.mark.parametrize(
    ("page", "way"),
    [("index.md", "../"), ("law.md", "../../"), ("deep/index.md", "../../"), ("deep/law.md", "../../../")],
)
def test_the_way_to_the_root_follows_the_pages_address(page: str, way: str) -> None:
    assert stage.path_to_root(PurePosixPath(page)) == way


def test_the_search_learns_the_glossarys_chinese_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "JIEBA_TERMS", tmp_path / "search" / "terms.txt")
    glossary = tmp_path / "glossary.toml"
    glossary.write_text(
        '[[term]]\nzh = "缴费基数"\nmeaning.zh = "算缴费的数"\n[[term]]\nzh = "职工医保"\nalso_zh = ["两 个", "医保"]\n'
    )
    stage.write_jieba_terms(glossary)
    assert (tmp_path / "search" / "terms.txt").read_text() == "医保\n缴费基数\n职工医保\n"


@pytest.mark.parametrize(
    ("page", "link", "address", "calculator"),
    [
        ("law.md", "{}.md#art1.1", "../{}/#art1.1", "../calculator/"),
        ("index.md", "{}.md#art1.1", "{}/#art1.1", "calculator/"),
        ("places/xian.md", "../{}.md#art1.1", "../../{}/#art1.1", "../../calculator/"),
    ],
)
@pytest.mark.parametrize(("scheme", "folder"), [("law", "law"), ("place", "places")])
def test_laws_places_and_the_calculator_are_reached_from_everywhere(
    page: str, link: str, address: str, calculator: str, scheme: str, folder: str
) -> None:
    there = f"{folder}/wuhan"
    text = f'[1]({scheme}:wuhan#art1.1) <a href="{scheme}:wuhan#art1.1">1</a> <a href="calculator:#situation=die">x</a>'
    text += '<a href="guide:situations/die.md#steps">y</a>'
    expected = f'[1]({link.format(there)}) <a href="{address.format(there)}">1</a> '
    expected += f'<a href="{calculator}#situation=die">x</a>'
    expected += f'<a href="{calculator.removesuffix("calculator/")}situations/die/#steps">y</a>'
    assert stage.lead_from(PurePosixPath(page), text) == expected


@pytest.mark.parametrize("template", stage.ONE_FOR_EACH)
def test_each_place_and_each_instrument_gets_a_page_of_its_own(
    docs: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    listed, called = stage.ONE_FOR_EACH[template]
    monkeypatch.setattr(stage, "law_globals", lambda lang: {listed: lambda: ["here", "there"]})
    (docs / "en" / "deep" / template).write_text(f"# {{{{ {called} }}}}\n")
    stage.stage_language("en", has_pdf=False)
    made = {path.name: path.read_text() for path in (stage.STAGE / "en" / "deep").iterdir()}
    assert made == {"here.md": "# here\n", "there.md": "# there\n"}
