"""Every way of spoiling a valid submission is found, at its place and as its kind."""

import pytest

from .xform_source import kinds, verdict_of


def test_it_accepts_what_a_phone_sends(household, answers):
    verdict = verdict_of(household, answers)
    assert verdict.ok
    assert verdict.faults == ()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda a: a["hh"].update(head=None), ("REQUIRED", "/data/hh/head")),
        (lambda a: a["hh"].pop("head"), ("REQUIRED", "/data/hh/head")),
        (lambda a: a["hh"]["member"][1].pop("school"), ("REQUIRED", "/data/hh/member[2]/school")),
        (lambda a: a.update(day="30/06/2026"), ("TYPE", "/data/day")),
        (lambda a: a.update(day="2026-02-30"), ("TYPE", "/data/day")),
        (lambda a: a["hh"].update(land="half"), ("TYPE", "/data/hh/land")),
        (lambda a: a["hh"].update(place="here"), ("TYPE", "/data/hh/place")),
        (lambda a: a["hh"].update(place="91.5 82.2 0 0"), ("TYPE", "/data/hh/place")),
        (lambda a: a["hh"]["member"][0].update(age="35.5"), ("TYPE", "/data/hh/member[1]/age")),
        (lambda a: a.update(photo="../../etc/passwd"), ("TYPE", "/data/photo")),
        (lambda a: a.update(day="2026-07-02"), ("CONSTRAINT", "/data/day")),
        (lambda a: a["hh"].update(head="A"), ("CONSTRAINT", "/data/hh/head")),
        (lambda a: a["hh"].update(cards="aay none"), ("CONSTRAINT", "/data/hh/cards")),
        (lambda a: a["hh"].update(land="-1"), ("CONSTRAINT", "/data/hh/land")),
        (lambda a: a["hh"]["member"][0].update(age="116"), ("CONSTRAINT", "/data/hh/member[1]/age")),
        (lambda a: a["hh"]["member"][0].update(school="yes"), ("IRRELEVANT_VALUE", "/data/hh/member[1]/school")),
        (lambda a: a["hh"].update(cards="aay gold"), ("CHOICE", "/data/hh/cards")),
        (lambda a: a.update(consent="maybe"), ("CHOICE", "/data/consent")),
        (lambda a: a.update(block="b2"), ("CHOICE", "/data/block")),
        (lambda a: a["hh"]["member"][1].update(risk="0"), ("CALCULATION", "/data/hh/member[2]/risk")),
        (lambda a: a["hh"].update(total="0"), ("CALCULATION", "/data/hh/total")),
        (lambda a: a["hh"].pop("children"), ("CALCULATION", "/data/hh/children")),
        (lambda a: a["hh"].update(count="3"), ("REPEAT_COUNT", "/data/hh/member")),
        (lambda a: a["hh"]["member"].pop(0), ("REPEAT_COUNT", "/data/hh/member")),
        (lambda a: a["hh"].update(caste="x"), ("UNKNOWN_NODE", "/data/hh/caste")),
        (lambda a: a["hh"]["member"][1].update(nick="x"), ("UNKNOWN_NODE", "/data/hh/member[2]/nick")),
        (lambda a: a["hh"].update(head={"deeper": "x"}), ("UNKNOWN_NODE", "/data/hh/head/deeper")),
        (lambda a: a["meta"].update(trojan="x"), ("UNKNOWN_NODE", "/data/meta/trojan")),
        (lambda a: a.update(day=["2026-06-30", "2026-06-29"]), ("DUPLICATE_NODE", "/data/day")),
        (lambda a: a.update(hh=[a["hh"], {"head": "Other"}]), ("DUPLICATE_NODE", "/data/hh")),
    ],
)
def test_it_finds_the_fault(household, answers, spoil, fault):
    spoil(answers)
    verdict = verdict_of(household, answers)
    assert not verdict.ok
    assert fault in kinds(verdict)


def test_it_finds_everything_sent_without_consent(household, answers):
    answers["consent"] = "no"
    sent = {path for kind, path in kinds(verdict_of(household, answers)) if kind == "IRRELEVANT_VALUE"}
    assert {"/data/hh/head", "/data/hh/count", "/data/hh/member[1]/name", "/data/hh/member[2]/age"} <= sent


def test_it_accepts_a_refusal_with_nothing_in_it(household, answers):
    answers["consent"] = "no"
    del answers["hh"]
    assert verdict_of(household, answers).ok


def test_it_tells_faults_in_the_order_of_the_form(household, answers):
    answers["day"] = None
    answers["hh"]["land"] = "-1"
    answers["hh"]["head"] = None
    answers["unknown"] = "x"
    found = [path for _, path in kinds(verdict_of(household, answers))]
    assert found.index("/data/day") < found.index("/data/hh/head") < found.index("/data/hh/land")


def test_it_gives_the_same_verdict_twice(household, answers):
    answers["hh"]["total"] = "9"
    assert verdict_of(household, answers) == verdict_of(household, answers)


def test_it_stops_telling_after_some_hundreds(household, answers):
    answers["hh"]["more"] = [str(n) for n in range(5000)]
    assert len(verdict_of(household, answers).faults) <= 201
