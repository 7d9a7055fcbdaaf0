"""What a rule claims stands in the words it cites, each citation carries a part, and none is surer than what carries it.

On a law small enough to plant every fault in it.
"""

import pytest

from calculator.lawbook import Lawbook, LawError
from calculator.verify.evidence import check_evidence

TOPICS = """
[wait]
answers = "one"
must_name = ["months"]
asks = { en = "How long?", zh = "多久？" }
[wait.conditions]
payer = ["employer", "flexible"]
who = ["other", "veteran"]
gap = "months"
[wait.outcomes]
months = "months"
scope = ["all", "inpatient"]
[wait.evidence]
scope = { inpatient = "住院" }
[wait.evidence_when]
payer = { employer = "单位", flexible = "灵活就业", not_tested = "参保人" }
who = { other = "参保|灵活", veteran = "军人" }
"""
NOTICE = """
id = "notice"
kind = "normative_document"
place = "city"
title = { en = "Notice", zh = "通知" }
issuer = { en = "Office", zh = "机关" }
[dates]
issued = 2022-01-01
"""
WORDS = {
    "flexible": ("full_text", "灵活就业人员停保"),
    "employer": ("full_text", "单位停保"),
    "three": ("full_text", "满3个月"),
    "hospital": ("official_statement", "仅限住院"),
    "both": ("official_quoted", "灵活就业人员满3个月"),
    "veteran": ("full_text", "退役军人"),
    "anybody": ("full_text", "参保人员满3个月"),
    "three-days": ("full_text", "满3日"),
    "nothing": ("full_text", "另行通知"),
    # How sure a rule is does not hang on how its first day was seen.
    "since": ("official_quoted", "自2024年3月5日起施行"),
}
ANSWER = NOTICE.replace('"notice"', '"answer"').replace("normative_document", "official_answer")
RULE = """
[place]
id = "city"
level = "nation"
name = { en = "City", zh = "市" }
known = { from = 2022-01-01, until = 2027-01-01 }

[[rule]]
id = "city.wait"
topic = "wait"
from = 2022-01-01
until = "open"
looks_at = "payment"
"""


def faults(rule: str, begins: str = "2022-01-01") -> list[str]:
    """What is wrong with this rule, whose first lines are given."""
    provisions = "".join(
        f"""
[[provisions]]
id = "{name}"
article = {{ en = "The words", zh = "原文" }}
seen = "{seen}"
checked = 2026-01-01
quote = "{words}"
paraphrase = {{ en = "What it says.", zh = "如上。" }}
"""
        for name, (seen, words) in WORDS.items()
    )
    book = Lawbook(
        {
            "topics.toml": TOPICS,
            "instruments/notice.toml": NOTICE + provisions,
            "instruments/answer.toml": ANSWER + provisions,
            "places/city.toml": RULE.replace("from = 2022-01-01\nuntil", f"from = {begins}\nuntil") + rule,
        }
    )
    return [fault.removeprefix("city.wait: ") for fault in check_evidence(book)]


def cites(*names: str) -> str:
    return "cites = [" + ", ".join(f'"{name if "#" in name else f"notice#{name}"}"' for name in names) + "]\n"


SURE = 'sure = "full_text"\n'
FLEXIBLE = 'when = { payer = "flexible" }\nthen = { months = 3 }\n'
BOTH = cites("flexible", "three")


@pytest.mark.parametrize(
    ("when", "cited", "says"),
    [
        ('payer = "flexible"', ["flexible", "three"], ""),
        ('payer = "employer"', ["employer", "three"], ""),
        ('payer = "employer"', ["flexible", "three"], "it is about payer employer, and its sources hold none of 单位"),
        ('payer = ["employer", "flexible"]', ["flexible", "three"], "it is about payer employer"),
        ('payer = ["employer", "flexible"]', ["flexible", "employer", "three"], ""),
        # Dropped: the words speak of some only.
        ("", ["flexible", "three"], "it does not ask for payer, and its sources hold none of 参保人"),
        ("", ["anybody"], ""),
        # With "other" a list is everybody but those left out.
        ('payer = "flexible", who = ["other", "veteran"]', ["flexible", "three"], ""),
        ('payer = "flexible", who = "veteran"', ["flexible", "three"], "it is about who veteran"),
        ('payer = "flexible", who = "veteran"', ["flexible", "three", "veteran"], ""),
        # A number of months, not of days.
        ('payer = "flexible"', ["flexible", "three-days"], "months is 3, which its sources do not say"),
    ],
)
def test_a_condition_rests_on_words_that_the_sources_hold(when, cited, says):
    found = faults(f"when = {{ {when} }}\nthen = {{ months = 3 }}\n" + SURE + cites(*cited))
    assert any(says in fault for fault in found) if says else found == []


def test_a_rule_that_knows_nothing_claims_nothing_of_its_case():
    rule = 'when = { payer = "flexible" }\nthen = { months = "unknown" }\nunknown = "local"\nask = "x"\n'
    assert faults(rule + 'sure = "not_known"\n' + cites("nothing")) == []


def test_a_rule_rests_on_something():
    rule = 'when = { payer = "flexible" }\nthen = { months = "unknown" }\nunknown = "local"\nask = "x"\n'
    found = faults(rule + 'sure = "not_known"\n' + cites("nothing") + 'also = { "notice#nothing" = "left_open" }\n')
    assert any("each of its citations only stands beside another" in fault for fault in found)


@pytest.mark.parametrize(
    ("cited", "also", "says"),
    [
        (["flexible", "three"], "", ""),
        (["flexible", "three", "nothing"], "", "cites notice#nothing, which carries nothing that its other citations do not"),
        # Two that carry the same: one rests beside the other, and the rule says so.
        (["flexible", "three", "both"], "", "cites notice#both, which carries nothing"),
        (["flexible", "three", "both"], '"notice#both" = "says_the_same"', ""),
        (["flexible", "three", "nothing"], '"notice#nothing" = "frame"', ""),
        # Another provision put in the place of one that is there for a reason.
        (["flexible", "three", "hospital"], '"notice#both" = "says_the_same"', "says what notice#both is there for, and does not cite it"),
        (["flexible", "three", "nothing"], '"notice#nothing" = "says_the_same"', "notice#nothing says the same, and it says nothing of the rule"),
        (["flexible", "three", "nothing"], '"notice#nothing" = "left_open"', "and leaves nothing open"),
        # What stands beside the others carries nothing.
        (["flexible", "three"], '"notice#three" = "says_the_same"', "months is 3, which its sources do not say"),
        # Dropped, or another in its place.
        (["flexible"], "", "months is 3, which its sources do not say"),
        (["flexible", "employer"], "", "months is 3, which its sources do not say"),
    ],
)  # fmt: skip
def test_every_citation_carries_something(cited, also, says):
    found = faults(FLEXIBLE + SURE + cites(*cited) + (f"also = {{ {also} }}\n" if also else ""))
    assert any(says in fault for fault in found) if says else found == []


@pytest.mark.parametrize(
    ("begins", "cited", "says"),
    [
        ("2024-03-05", ["flexible", "three", "since"], ""),
        ("2024-03-05", ["flexible", "three"], "begins on 2024-03-05, which its sources do not say"),
        ("2022-01-01", ["flexible", "three", "since"], "cites notice#since, which carries nothing"),
    ],
)
def test_a_citation_may_carry_the_day_on_which_a_life_begins(begins, cited, says):
    found = faults(FLEXIBLE + SURE + cites(*cited), begins)
    assert any(says in fault for fault in found) if says else found == []


UNKNOWN = 'when = { payer = "flexible" }\nthen = { months = 3, scope = "unknown" }\nunknown = "not_found"\nask = "x"\n'
INPATIENT = 'when = { payer = "flexible" }\nthen = { months = 3, scope = "inpatient" }\n'


def against(name: str, settled: str = "") -> str:
    reason = f'settled = "{settled}", ' if settled else ""
    return f'disagree = [{{ cite = "notice#{name}", {reason}why = {{ en = "Says 6.", zh = "写6。" }} }}]\n'


@pytest.mark.parametrize(
    ("then", "cited", "more", "sure"),
    [
        (FLEXIBLE, ["flexible", "three"], "", "full_text"),
        # As sure as the weakest thing it needs.
        (INPATIENT, ["flexible", "three", "hospital"], "", "official"),
        (FLEXIBLE, ["both"], "", "reported"),
        (INPATIENT, ["both", "hospital"], "", "reported"),
        # An answer read in full is an answer.
        (FLEXIBLE, ["answer#flexible", "answer#three"], "", "official"),
        # Why it is less sure.
        (FLEXIBLE, ["flexible", "three"], 'less_sure = "our_reading"\n', "reported"),
        (FLEXIBLE, ["flexible", "three"], 'less_sure = "sources_vary"\n', "conflict"),
        # Sources that disagree.
        (FLEXIBLE, ["flexible", "three"], against("nothing"), "conflict"),
        (FLEXIBLE, ["flexible", "three"], against("nothing", "later"), "full_text"),
        (FLEXIBLE, ["flexible", "three"], against("hospital", "better_seen"), "full_text"),
        (UNKNOWN, ["flexible", "three"], against("nothing", "left_open"), "full_text"),
        # Nothing is known.
        ('then = { months = "unknown" }\nunknown = "local"\nask = "x"\n', ["three"], "", "not_known"),
        ('then = { months = "unknown" }\nunknown = "conflict"\nask = "x"\n', ["three"], against("both"), "conflict"),
    ],
)  # fmt: skip
def test_a_rule_is_as_sure_as_what_carries_it_and_no_other_level_will_do(then, cited, more, sure):
    for level in ("not_known", "conflict", "reported", "official", "full_text"):
        found = faults(then + f'sure = "{level}"\n' + cites(*cited) + more)
        assert found == ([] if level == sure else [f"is said to be {level}; what it cites makes it {sure}"])


@pytest.mark.parametrize(
    ("then", "sure", "cited", "more", "says"),
    [
        (FLEXIBLE, "reported", ["both"], 'less_sure = "our_reading"\n', "says why it is less sure (our_reading), and what it cites makes it reported anyway"),
        (FLEXIBLE, "full_text", ["flexible", "three"], against("nothing", "left_open"), "leaves open what notice#nothing says otherwise, and leaves nothing open"),
        (FLEXIBLE, "reported", ["both"], against("hospital", "better_seen"), "says that it is better seen than notice#hospital, which is seen better"),
    ],
)  # fmt: skip
def test_a_reason_that_is_none_is_found(then, sure, cited, more, says):
    assert faults(then + f'sure = "{sure}"\n' + cites(*cited) + more) == [says]


@pytest.mark.parametrize(
    "more",
    [
        'less_sure = "tired"\n',
        'also = { "notice#three" = "because" }\n',
        against("nothing", "loud"),
    ],
)
def test_a_reason_that_nobody_knows_is_refused(more):
    with pytest.raises(LawError, match="is not one of"):
        faults(FLEXIBLE + SURE + BOTH + more)
