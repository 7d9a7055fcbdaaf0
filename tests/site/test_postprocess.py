"""Each correction of the theme's HTML, on a small page that has the fault."""

from pathlib import PurePosixPath

from lxml import html

from scripts.site_tools import postprocess
from scripts.site_tools.html_files import HtmlPage


def page(body: str, name: str = "zh/law/index.html", head: str = "") -> HtmlPage:
    text = f"<!doctype html><html lang='zh'><head>{head}</head><body>{body}</body></html>"
    return HtmlPage(PurePosixPath(name), html.document_fromstring(text))


def attributes(of: HtmlPage, path: str) -> dict[str, str]:
    (element,) = of.tree.xpath(path)
    return dict(element.attrib)


def test_chinese_pages_say_which_characters() -> None:
    made = page("")
    postprocess.name_language(made)
    assert made.tree.get("lang") == "zh-Hans"


def test_the_language_switch_leads_to_the_same_page() -> None:
    made = page(
        "<a class='md-select__link' href='../../en/' hreflang='en'>English</a>",
        head="<link rel='alternate' href='../../en/' hreflang='en'>",
    )
    postprocess.link_same_page(made)
    assert attributes(made, "//a")["href"] == "../../en/law/"
    link = attributes(made, "//link")
    assert link["href"] == "../../en/law/"
    # The exact word would set the theme's script looking for site maps.
    assert link["rel"] != "alternate"
    assert link["rel"].split() == ["alternate"]


def test_the_language_switch_of_a_first_page_leads_to_the_first_page() -> None:
    made = page("<a class='md-select__link' hreflang='en'>English</a>", "zh/index.html")
    postprocess.link_same_page(made)
    assert attributes(made, "//a")["href"] == "../en/"


def test_a_page_waits_for_nothing_of_the_theme_and_its_script_comes_last() -> None:
    ours = "<script src='../../assets/site.js' defer></script>"
    made = page(
        f"<script src='../assets/javascripts/bundle.a5f9d56c.min.js'></script>{ours}",
        head="<link rel='stylesheet' href='../assets/stylesheets/main.57a0d79d.min.css'>"
        "<link rel='stylesheet' href='../../assets/styles/pages.css'>",
    )
    postprocess.one_style_sheet(made)
    postprocess.theme_script_last(made)
    assert made.tree.xpath("//link/@href") == ["../../assets/styles/pages.css"]
    assert [script.get("src").rpartition("/")[2][:6] for script in made.tree.xpath("//script[@defer]")] == [
        "site.j",
        "bundle",
    ]


def test_the_search_has_a_name() -> None:
    made = page(
        "<input type='checkbox' id='__drawer' autocomplete='off'><input type='checkbox' id='__search'>"
        "<div data-md-component='search' role='dialog'><input data-md-component='search-query' aria-label='搜索'></div>"
    )
    postprocess.name_search(made)
    postprocess.name_toggles(made)
    postprocess.clean_checkboxes(made)
    assert attributes(made, "//div")["aria-label"] == "搜索"
    assert attributes(made, "//*[@id='__search']")["aria-label"] == "搜索"
    drawer = attributes(made, "//*[@id='__drawer']")
    assert drawer["aria-label"] == "菜单"
    assert "autocomplete" not in drawer


def test_a_table_gets_a_frame_with_a_name_and_no_inline_style() -> None:
    made = page(
        "<article><h2 id='years'>年限<a class='headerlink' href='#years'>¶</a></h2>"
        "<table><thead><tr><th style='text-align: right;'>年</th></tr></thead>"
        "<tbody><tr><td style='text-align: right;'>25</td></tr></tbody></table>之后</article>"
    )
    postprocess.frame_tables(made)
    frame = attributes(made, "//div")
    assert frame == {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": "表 1：年限"}
    assert attributes(made, "//th") == {"class": "align-right", "scope": "col"}
    assert attributes(made, "//td") == {"class": "align-right"}
    assert made.tree.xpath("//div/following-sibling::text()") == ["之后"]


def test_a_table_with_a_caption_and_a_class_keeps_both() -> None:
    made = page(
        "<article><h2>Gaps</h2><table class='yb-table'><caption>Gaps by place</caption><tr><td>1</td></tr></table></article>",
        "en/law/index.html",
    )
    postprocess.frame_tables(made)
    assert attributes(made, "//div")["aria-label"] == "Table 1: Gaps by place"
    assert attributes(made, "//table") == {"class": "yb-table table"}


def test_two_tables_under_one_heading_have_different_names() -> None:
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    made = page(f"<article><h2>Years</h2>{table}{table}</article>", "en/law/index.html")
    postprocess.frame_tables(made)
    assert made.tree.xpath("//div/@aria-label") == ["Table 1: Years", "Table 2: Years"]


def test_the_contents_are_one_landmark() -> None:
    made = page(
        "<nav class='md-nav md-nav--secondary' aria-label='目录'><nav class='md-nav' aria-label='目录'></nav></nav>"
    )
    postprocess.flatten_contents(made)
    assert attributes(made, "//nav/nav") == {"class": "md-nav", "role": "presentation"}
    assert made.tree.xpath("//nav/@aria-label") == ["目录"]


def test_an_example_skips_no_level_of_headings() -> None:
    example = "<details class='yb-example'><h4>Title</h4><h5>Part</h5></details>"
    made = page(f"<article><h1>A</h1><h2>B</h2>{example}<h3>C</h3>{example}</article>")
    postprocess.lift_headings(made)
    levels = [heading.tag for heading in made.tree.xpath("//article//*[starts-with(name(), 'h')]")]
    assert levels == ["h1", "h2", "h3", "h4", "h3", "h4", "h5"]


def test_a_table_without_caption_is_named_after_its_heading_for_listeners() -> None:
    made = page("<article><h2>The <a class='headerlink'>¶</a>gap</h2><table><tr><th>A</th></tr></table></article>")
    postprocess.frame_tables(made)
    (named,) = made.tree.xpath("//caption")
    assert named.text == "The gap" and named.get("class") == "yb-unseen"


def test_the_contents_name_a_check_box_only_where_the_menu_has_one() -> None:
    label = "<nav><label for='__toc'>目录</label></nav>"
    without, with_box = page(label), page(f"<input id='__toc' type='checkbox'>{label}")
    for made in (without, with_box):
        postprocess.name_no_missing_toggle(made)
    assert attributes(without, "//label") == {} and attributes(with_box, "//label") == {"for": "__toc"}
