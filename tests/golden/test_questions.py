"""The worked examples on single rules give what their sources say."""

import pytest

from calculator.lawbook import lawbook
from calculator.question import ask
from tests.golden import at
from tests.golden.questions import questions

QUESTIONS = questions()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_law_answers_what_the_source_says(question):
    answers = ask(lawbook(), question.topic, question.place, question.on, question.values)
    assert question.expect, "a case without expectations proves nothing"
    assert {path: at(answers, path) for path in question.expect} == dict(question.expect)
    cited = {cite for answer in answers for cite in answer["cites"]}
    assert question.sources
    assert set(question.sources) <= cited


def test_ids_are_there_once():
    ids = [question.id for question in QUESTIONS]
    assert sorted(set(ids)) == sorted(ids)
