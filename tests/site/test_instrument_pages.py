"""The pages of the law, the list of all texts, and the places side by side."""

import re
from collections import Counter
from datetime import date
from html import escape

import pytest

from calculator.lawbook import LawError, Text, lawbook
from scripts.site_tools.compare_pages import PAYERS
from scripts.site_tools.instrument_pages import KINDS_BY_WEIGHT
from scripts.site_tools.law_pages import LawPages
from scripts.site_tools.page_part import PagePart
from scripts.site_tools.paths import LANGUAGES
from tests.law.planted import planted

EN, ZH = LawPages("en"), LawPages("zh")
BY_LANG = {"en": EN, "zh": ZH}


def with_book(book):
    made = LawPages("en")
    made._book = book
    return made


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_no_part_of_the_pages_hides_a_function_of_another():
    """They are one class: a second function of the same name would take the place of the first without a word."""
    named = Counter(
        name for part in LawPages.__mro__ if part not in (LawPages, PagePart, object) for name in vars(part) if name[:2] != "__"
    )  # fmt: skip
    shared = set(vars(PagePart)) | set(vars(LawPages))
    assert [name for name, count in named.items() if count > 1 or (name in shared and name[:2] != "__")] == []


# -- the list ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_listed_once_with_its_page(lang):
    listed = re.findall(r'href="law:([\w-]+)#law"', BY_LANG[lang].law_list())
    assert Counter(listed) == Counter(list(lawbook().instruments))
    assert {one.kind for one in lawbook().instruments.values()} <= set(KINDS_BY_WEIGHT)


def test_in_a_place_what_has_most_weight_stands_first():
    listed = re.findall(r'href="law:([\w-]+)#law"', EN.place_sources("shenzhen"))
    weights = [KINDS_BY_WEIGHT.index(lawbook().instruments[one].kind) for one in listed]
    assert weights == sorted(weights) and len(weights) > 10


@pytest.mark.parametrize(
    ("law", "status"),
    [
        ("sz-358", "in force since 1 October 2023"),
        ("sz-256", "out of force since 1 October 2023"),
        ("msl-2026", "not in force yet; from 1 January 2027"),
        ("gz-2022-1", "in force from 1 December 2022 until before 1 January 2027"),
        ("nhsa-2021-43", "first day not seen"),
        ("exit-entry-rules-repealed", "no longer in force, or not known until when"),
        ("bj-gap-reports", "no text of an authority"),
        ("sc-draft-resident-2025", "draft, not in force"),
    ],
)
def test_the_status_is_that_of_the_day_of_reading(law, status):
    assert status in plain(EN.instrument_about(law))


def test_a_text_without_a_known_end_is_said_to_be_replaced_once_a_later_one_replaces_it():
    book = planted("instruments/sz-transfer-2025.toml", 'id = "sz-2022-3"', 'id = "sz-transfer-notice-2022"')
    assert "replaced by a later text" in plain(with_book(book).instrument_about("sz-transfer-notice-2022"))
    assert "replaced by a later text" not in plain(EN.instrument_about("sz-transfer-notice-2022"))


# -- one text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_article_has_a_heading_that_its_citation_leads_to_and_the_rules_that_rest_on_it(lang):
    shown, resting = BY_LANG[lang], {}
    for rule in lawbook().records.values():
        for cite in rule.cites:
            resting.setdefault(cite, set()).add(rule.place)
    for name, one in lawbook().instruments.items():
        text = shown.instrument_provisions(name)
        assert re.findall(r"^### .* \{ #(.*) \}$", text, re.M) == list(one.provisions)
        for provision in one.provisions.values():
            part = text.partition(f" {{ #{provision.id.partition('#')[2]} }}\n")[2].partition("\n### ")[0]
            named = {
                place for place in resting.get(provision.id, ()) if f"<li>{escape(shown._words.place(place))}" in part
            }
            assert named == resting.get(provision.id, set()), provision.id


def test_a_rule_that_no_longer_applies_is_named_without_a_link():
    ended = [
        rule for rule in lawbook().records.values()
        if rule.lives_until <= EN._read_on and all(
            other is rule or other.topic != rule.topic or other.place != rule.place or rule.cites[0] not in other.cites
            for other in lawbook().records.values()
        )
    ]  # fmt: skip
    rule = ended[0]
    text = EN._resting_on(rule.cites[0])
    assert "no longer applies" in text and f"place:{rule.place}#{rule.topic.replace('_', '-')}" not in text


def test_sources_that_disagree_stand_beside_each_other_on_both_sides():
    """Each side of a contradiction names the other, with its words."""
    pairs = [(rule.cites[0], other.cite) for rule in lawbook().records.values() for other in rule.disagree]
    assert len(pairs) > 20
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            assert f'href="law:{other}"' in EN._contradicted(one)
    assert EN._contradicted("sil-2010#art14") == ""


def test_what_a_text_did_to_an_earlier_one_is_told_on_both_pages():
    later, earlier = EN.instrument_related("sz-358"), EN.instrument_related("sz-256")
    assert plain(later).startswith("It replaces Shenzhen Social Medical Insurance Measures .")
    assert plain(earlier).startswith("It is replaced by Shenzhen Medical Security Measures .")
    assert 'href="law:sz-256#law"' in later and 'href="law:sz-358#law"' in earlier
    assert "law:sz-358#repeal" in later and "law:sz-358#repeal" in earlier
    assert "not confirmed" in EN.instrument_related("nhsa-2021-43")  # we only remember that it does
    assert "No article that we saw" in EN.instrument_related("veterans-placement-2024")
    assert plain(EN.instrument_related("sil-2010")) == "We have noted no earlier and no later text."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "sz-256"\nhow', 'id = "sz-999"\nhow', "no other text 'sz-999'"),
        ('id = "sz-256"\nhow', 'id = "sz-358"\nhow', "no other text 'sz-358'"),
        ('how = "replaces"', 'how = "ends"', "'ends' is not one of"),
        ('shown_by = "sz-358#repeal"', 'shown_by = "sz-358#nowhere"', "no provision 'sz-358#nowhere'"),
    ],
)
def test_an_earlier_text_that_is_not_on_file_is_refused(old, new, said):
    with pytest.raises(LawError, match=said):
        planted("instruments/sz-358.toml", old, new)


def test_the_line_of_time_says_its_days_and_draws_when_the_text_holds():
    shown = EN.instrument_days("sz-256")
    days = "1 issued: 29 September 2013; 2 in force from: 1 January 2014; 3 out of force from: 1 October 2023; 4 the law was read"
    assert days in shown and plain(shown).endswith("the law was read until: 22 November 2026")
    assert shown.count("yb-chart-solid") == 1 and "yb-chart-open" not in shown
    until_later = EN.instrument_days("gz-2022-1")
    assert until_later.count("yb-chart-solid") == 1 and until_later.count("yb-chart-open") == 1
    to_come = EN.instrument_days("msl-2026")
    assert "yb-chart-solid" not in to_come and "in force from: 1 January 2027" in to_come
    assert "<svg" not in EN.instrument_days("bj-gap-reports")  # one day alone is no line
    assert "Not seen: in force from." in plain(EN.instrument_days("nhsa-2021-43"))


def test_the_day_of_reading_cuts_the_time_a_text_is_known_to_hold():
    """Had the law been read earlier, the bar of a text that ended since would be cut there and go on open."""
    earlier = LawPages("en")
    earlier._read_on = date(2020, 1, 1)
    shown = earlier.instrument_days("sz-256")
    assert shown.count("yb-chart-solid") == 1 and shown.count("yb-chart-open") == 1


def test_a_citation_names_its_law_once():
    assert plain(EN._links(["sil-2010#art14", "sil-2010#art26"])) == "Social Insurance Law, Article 14 ; Article 26"
    assert plain(ZH._links(["sil-2010#art14"])) == "社会保险法第十四条"
    assert plain(EN._links(["nhsa-2021-43#art2"])) == "医保办发〔2021〕43号, Article 2"
    assert plain(ZH._link("sz-256#stop")).startswith("深圳市社会医疗保险办法 ")


def test_a_note_names_texts_as_people_name_them():
    shown = EN.instrument_provisions("sz-256")
    assert (
        'replaced by <a class="yb-cite-link" href="law:sz-358#law">Shenzhen Medical Security Measures</a> from' in shown
    )
    assert EN._naming_laws(Text("a long-term note on sz-999", "")) == "a long-term note on sz-999"
    # What a text says names others, too.
    assert '<a class="yb-cite-link" href="law:sc-2021-14#law">国办发〔2021〕14号</a>' in EN.instrument_provisions(
        "nhsa-draft-account-2020"
    )


# -- the places side by side ------------------------------------------------------------------------------


def cells(table, place, payer):
    """The cells of one row."""
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    (found,) = [row for row in rows if plain(row[0]) == place and plain(row[2]) == payer]
    return [plain(cell) for cell in found]


def test_waits_are_those_of_the_rules():
    """By hand from the law of the places: Ningbo waits 2 months beyond 3; Shanghai's employees never wait."""
    table = EN.compare_table()
    assert cells(table, "Ningbo", "employer pays")[3:6] == ["none", "2 months", "2 months"]
    assert cells(table, "Shanghai", "employer pays")[3:6] == ["none", "none", "none"]
    assert cells(table, "Chengdu", "employer pays")[4:6] == ["none or not known", "6 months"]
    assert cells(table, "Suzhou", "pays alone")[3:] == ["not known"] * 4
    assert '<data value="2">2 months</data>' in table and 'data-sift="1 2"' in table


def test_the_drawing_and_its_words_name_every_row_of_the_table_once():
    drawn = EN.compare_chart()
    desc = re.search(r"<desc[^>]*>(.*?)</desc>", drawn)[1]
    words = desc + plain(drawn.partition("</figure>")[2])
    for place in EN._compared:
        for payer in PAYERS:
            who = f"{EN._words.place(place)}, {EN._page[f'drawn_{payer}']}".replace("'", "&#x27;")
            assert len(re.findall(rf"(?:^|; |: ){re.escape(who)}", words)) == 1, who


def test_a_rule_that_changes_changes_the_table():
    made = with_book(planted("places/ningbo.toml", "wait_months = 2", "wait_months = 5"))
    assert cells(made.compare_table(), "Ningbo", "employer pays")[4] == "5 months"
