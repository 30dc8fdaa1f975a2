"""The lint of definitions: every fault is found and says where it is."""

import copy

import pytest
import yaml

from aanchal.config import cli
from aanchal.field import xlsforms
from aanchal.risk.lint import lint
from aanchal.risk.questions import FORM, QUESTIONS
from tests.risk.builders import SHIPPED, shipped


def asked(subject):
    return {one.name: one.choices for one in xlsforms.questions(FORM[subject])}


@pytest.mark.parametrize("version", ["household-1", "village-1"])
def test_it_finds_nothing_wrong_with_what_is_shipped(version):
    content = shipped(version)
    assert lint(content, asked(content["key"])) == []


def points(content, key, n):
    next(one for one in content["indicators"] if one["key"] == key)["points"] = n


def _one_more_point(content):
    points(content, "B1", 5)


def _moved_between_dimensions(content):
    points(content, "B1", 5)
    points(content, "L1", 3)


def _no_telugu(content):
    del content["indicators"][0]["reason"]["te"]


def _no_hindi_service(content):
    content["services"]["work"]["hi"] = " "


def _caste(content):
    content["facts"]["caste_sc"] = {"kind": "yes_no"}


def _k_too_low(content):
    content["bands"][1]["from"], content["bands"][2]["from"] = 5, 8


def _k_too_high(content):
    content["bands"][2]["from"], content["bands"][3]["from"] = 45, 50


def _bands_out_of_order(content):
    content["bands"][1]["from"] = 25


def _fact_nobody_asks(content):
    content["facts"]["owns_bicycle"] = {"kind": "yes_no"}
    content["indicators"][0]["deprived"] = {"any": [{"fact": "breadwinner_lost"}, {"fact": "owns_bicycle"}]}


def _unknown_fact(content):
    content["indicators"][0]["deprived"] = {"fact": "owns_bicycle"}


def _village_takes_all(content):
    content["village_limit"] = 4


def _no_service(content):
    del content["indicators"][0]["helps"]


def _useless_service(content):
    content["services"]["bicycle"] = {"en": "Bicycle", "hi": "साइकिल", "te": "సైకిల్"}


def _unknown_service(content):
    content["indicators"][0]["helps"] = ["bicycle"]


def _one_answer_is_enough(content):
    points(content, "B1", 10)
    points(content, "B2", 1)
    points(content, "B3", 1)
    content["bands"][1]["from"], content["bands"][2]["from"] = 2, 10
    content["complete_share"] = 0.8


FAULTS = [
    (_one_more_point, "dimensions.shock", "sum to 13"),
    (_moved_between_dimensions, "dimensions.livelihood", "sum to 11"),
    (_no_telugu, "indicators.B1", "no translation in te"),
    (_no_hindi_service, "services.work", "no translation in hi"),
    (_caste, "facts.caste_sc", "never scored"),
    (_k_too_low, "poor_from", "cutoff k is 8 of 60"),
    (_k_too_high, "poor_from", "cutoff k is 45 of 60"),
    (_bands_out_of_order, "bands", "must rise"),
    (_fact_nobody_asks, "facts.owns_bicycle", "no answer of a form gives it"),
    (_unknown_fact, "indicators.B1", "unknown fact"),
    (_village_takes_all, "indicators.B1", "could take all its 4 points"),
    (_no_service, "indicators.B1", "names no service"),
    (_useless_service, "services.bicycle", "helps with no indicator"),
    (_unknown_service, "indicators.B1", "unknown service"),
    (_one_answer_is_enough, "poor_from", "one indicator of 10 points alone"),
]


@pytest.mark.parametrize(("spoil", "where", "what"), FAULTS, ids=lambda value: getattr(value, "__name__", None))
def test_it_says_what_is_wrong_and_where(spoil, where, what):
    content = copy.deepcopy(shipped("household-1"))
    spoil(content)
    assert any(one.where == where and what in one.what for one in lint(content, asked("household"))), lint(content)


@pytest.mark.parametrize("subject", FORM)
def test_it_finds_a_question_that_no_form_asks(subject):
    content = shipped(f"{subject}-1")
    for fact, questions in QUESTIONS[subject].items():
        for question in questions:
            without = {name: choices for name, choices in asked(subject).items() if name != question}
            assert any(one.where == f"facts.{fact}" and f"'{question}'" in one.what for one in lint(content, without))


def test_it_finds_an_answer_that_is_not_read():
    form = asked("household")
    form["breadwinner"] = form["breadwinner"] | {"IN_PRISON": {"en": "In prison"}}
    assert [str(one) for one in lint(shipped("household-1"), form)] == [
        "facts.breadwinner_lost: the answer 'IN_PRISON' to 'breadwinner' is not read"
    ]


def test_every_fact_that_a_survey_gives_is_mapped_to_its_questions():
    from aanchal.risk.answers import facts_of_survey, facts_of_village

    assert facts_of_survey({}, []).keys() == QUESTIONS["household"].keys()
    assert facts_of_village({}).keys() == QUESTIONS["village"].keys()


class Heard(dict):
    """Answers that remember what they were asked."""

    def __init__(self, told, heard):
        super().__init__(told)
        self.heard = heard

    def get(self, key, default=None):
        self.heard.add(key)
        return super().get(key, default)


def test_the_questions_named_are_those_that_the_facts_read():
    from aanchal.risk.answers import facts_of_survey

    heard = set()
    member = {"age": 15, "sex": "FEMALE", "marital_status": "MARRIED", "school_status": "DROPPED_OUT", "away": "yes"}
    facts_of_survey(Heard({"asked_privately": "yes"}, heard), [Heard(member, heard)])
    assert heard == {question for questions in QUESTIONS["household"].values() for question in questions}


def test_the_command_exits_with_1_on_faults_and_prints_where(tmp_path, capsys):
    content = shipped("household-1")
    _k_too_low(content)
    spoiled = tmp_path / "spoiled.yaml"
    spoiled.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert cli.main(["index", "lint", str(SHIPPED / "household-1.yaml"), str(SHIPPED / "village-1.yaml")]) == 0
    assert cli.main(["index", "lint", str(SHIPPED / "village-1.yaml"), str(spoiled)]) == 1
    assert "poor_from: the cutoff k is 8 of 60" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["a: [", "- 1\n- 2\n", ""])
def test_the_command_finds_what_is_no_definition_at_all(tmp_path, text):
    broken = tmp_path / "broken.yaml"
    broken.write_text(text, encoding="utf-8")
    assert cli.main(["index", "lint", str(broken)]) == 1
