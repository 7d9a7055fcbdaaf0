"""Tags: one list for both languages, on every page of a situation, and in the order of the list."""

from pathlib import PurePosixPath

import pytest

from calculator.form import SITUATIONS
from calculator.lawbook import lawbook
from scripts.site_tools import tags
from scripts.site_tools.html_files import read_pages
from scripts.site_tools.paths import LANGUAGES, SITE
from scripts.site_tools.situation_pages import page_of
from scripts.site_tools.stage import tagged

TEXT = tags.TAGS.read_text("utf-8")


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_says_who_it_is_for_and_what_is_at_stake(situation: str) -> None:
    assert {tag.group for tag in tags.tags() if page_of(situation) in tag.pages} == set(tags.GROUPS)


def test_a_place_has_the_tags_of_what_it_has_rules_on_and_the_nation_has_none() -> None:
    pages = {tag.id: tag.pages for tag in tags.tags()}
    topics = {record.topic for record in lawbook().records.values() if record.place == "fuxin"}
    # Fuxin is known for the waiting period of residents, and for nothing of the account or of years.
    assert "resident_wait" in topics and not topics & {"account", "medical_years"}
    assert [name for name, listed in pages.items() if "places/fuxin.md" in listed] == ["resident", "cover"]
    assert "places/china.md" not in tags.all_tagged()


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('group = "who"', 'group = "whom"', "no group"),
        ('"situations/leave-job.md"', '"situations/leave-jobs.md"', "no page"),
        ('"medical_years"', '"medical_year"', "no topic"),
        ('zh = "职工"', 'zh = "单位人事"', "another tag"),
    ],
)
def test_a_fault_in_the_list_is_named(right: str, wrong: str, words: str) -> None:
    with pytest.raises(tags.TagError, match=words):
        tags.read_tags(TEXT.replace(right, wrong, 1))


def test_a_page_gets_its_tags_in_its_language_and_another_stays_as_it_is() -> None:
    page, text = PurePosixPath("situations/enlist.md"), "---\ndescription: a\n---\n# One\n\n---\n"
    found = tagged(page, text, "zh")
    assert found == text.replace("a\n---", 'a\ntags: ["军人和退役军人", "账户里的钱", "户口和证件"]\n---', 1)
    assert tagged(PurePosixPath("law.md"), text, "zh") == text


def test_the_built_pages_show_and_list_them_alike_in_both_languages() -> None:
    built = {page.name: page.tree for page in read_pages(SITE) if page.name.parts[1:2] in (("by-tag",), ("situations",))}
    lists = []
    for lang in LANGUAGES:
        listed = built[PurePosixPath(f"{lang}/by-tag/index.html")]
        lists.append(
            [
                (heading.get("id"), *heading.xpath("following-sibling::ul[1]//a/@href"))
                for heading in listed.xpath("//article//h3")
            ]
        )
        shown = built[PurePosixPath(f"{lang}/situations/enlist/index.html")].xpath("//nav[@class='md-tags' and @aria-label]/a")
        assert [tag.get("href") for tag in shown] == [f"../../by-tag/#tag-{name}" for name in ("soldier", "money", "papers")]
        assert [tag.text_content().strip() for tag in shown] == tags.tags_of("situations/enlist.md", lang)
    assert lists[0] == lists[1]
    assert [name for name, *_ in lists[0]] == [f"tag-{tag.id}" for tag in tags.tags()]
    by_id = {f"tag-{tag.id}": tag.pages for tag in tags.tags()}
    for name, *addresses in lists[0]:
        assert {f"{address.strip('./')}.md" for address in addresses} == set(by_id[name])
