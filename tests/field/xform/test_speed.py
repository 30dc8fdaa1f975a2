"""A household with five members is read and checked in at most 0.6 ms of CPU (field.md, the bar)."""

import time

import pytest

from aanchal.field.xform import Form, parse

from .xform_source import NOW, TODAY, form_of, submission

QUESTIONS = 24


def _question(number):
    name, before = f"q{number}", f"${{q{number - 1}}}"
    ask = {"name": name, "label": name}
    match number % 6:
        case 0:
            return ask | {"type": "integer", "required": "yes", "constraint": ". >= 0 and . <= 115"}
        case 1:
            return ask | {"type": "select_one yn", "required": "yes", "relevant": f"{before} >= 6"}
        case 2:
            return ask | {"type": "text", "relevant": f"{before} = 'yes'", "constraint": "string-length(.) < 80"}
        case 3:
            return ask | {"type": "date", "constraint": ". <= today() and . >= date('1900-01-01')"}
        case 4:
            return ask | {"type": "calculate", "calculation": f"int((today() - {before}) div 365.25)"}
        case _:
            return ask | {"type": "select_multiple yn", "relevant": f"{before} < 18 or {before} > 60"}


ANSWERS = {0: "12", 1: "yes", 2: "Asha Devi", 3: "2012-01-05", 4: "14", 5: "yes no"}


def _form():
    survey = [_question(number) for number in range(30)]
    survey += [{"type": "begin_repeat", "name": "member", "label": "Member", "repeat_count": "${q0}"}]
    members = [_question(number + 30) for number in range(QUESTIONS)]
    survey += [*members, {"type": "end_repeat"}, {"type": "calculate", "name": "minors", "calculation": "count(${member}[q34 < 18])"}]
    choices = [{"list_name": "yn", "name": name, "label": name} for name in ("yes", "no")]
    return form_of({"survey": survey, "choices": choices, "settings": [{"form_id": "data"}]})


def _household(members):
    answers = {f"q{number}": ANSWERS[number % 6] for number in range(30)} | {"q0": str(members)}
    if members < 6:
        del answers["q1"], answers["q2"]
    member = {f"q{number + 30}": ANSWERS[number % 6] for number in range(QUESTIONS)}
    return submission(answers | {"member": [member] * members, "minors": str(members), "meta": {"instanceID": "uuid:1"}})


@pytest.fixture(scope="module")
def form() -> Form:
    return _form()


def milliseconds(form, sent, rounds=40, each=15):
    def once():
        begun = time.process_time()
        for _ in range(each):
            form.validate(parse(sent), today=TODAY, now=NOW)
        return (time.process_time() - begun) / each * 1000

    return min(once() for _ in range(rounds))


def quietest(form, sent, most, tries=12):
    """The machine is shared: a busy moment is not the engine's."""
    best = milliseconds(form, sent)
    while best > most and (tries := tries - 1):
        time.sleep(0.5)
        best = min(best, milliseconds(form, sent))
    return best


@pytest.mark.parametrize(("members", "most"), [(2, 0.45), (5, 0.6), (25, 2.5)])
def test_it_reads_and_checks_fast_enough(form, members, most):
    sent = _household(members)
    assert form.validate(parse(sent), today=TODAY, now=NOW).ok
    assert quietest(form, sent, most) <= most


def test_it_finds_a_village_among_twenty_thousand_at_once():
    rows = "".join(f"v{number},Village {number},b{number // 100}\n" for number in range(20_000))
    form = form_of(
        """
        | survey | | | | | |
        | | type | name | label | choice_filter | calculation |
        | | text | block | Block | | |
        | | select_one_from_file villages.csv | village | Village | block=${block} | |
        | | calculate | said | | | instance('villages')/root/item[name = ${village}]/label |
        """,
        {"villages.csv": f"name,label,block\n{rows}".encode()},
    )
    sent = submission({"block": "b150", "village": "v15000", "said": "Village 15000"})
    assert form.validate(parse(sent), today=TODAY, now=NOW).ok
    assert quietest(form, sent, 0.3) <= 0.3
