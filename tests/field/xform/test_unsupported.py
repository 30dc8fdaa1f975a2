"""An expression that cannot be compiled flags a submission where it would matter, and never loses one."""

import pytest

from aanchal.field.xform import BadForm, Form

from .xform_source import kinds, verdict_of, verdict_on, written_form

INPUT = '<input ref="/data/a"><label>A</label></input><input ref="/data/b"><label>B</label></input>'


def form_with(**bind):
    attributes = " ".join(f'{name}="{value}"' for name, value in bind.items())
    return written_form('<data id="data"><a/><b/></data>', f'<bind nodeset="/data/a" {attributes}/>', INPUT)


@pytest.mark.parametrize(
    "expression",
    ["frobnicate(.)", "1 +", "count(", "'open", "3 4", "round()", "selected(.)", "/data/a[", "a b", "$x", "count(1)", "foo::a"],
)
def test_it_lists_what_it_cannot_compile(expression):
    form = form_with(constraint=expression)
    assert [(each.path, each.part) for each in form.unsupported] == [("/data/a", "constraint")]
    assert form.unsupported[0].why


def test_it_flags_a_constraint_only_where_there_is_a_value():
    form = form_with(constraint="frobnicate(.)")
    assert verdict_of(form, {"a": None, "b": "1"}).ok
    assert kinds(verdict_of(form, {"a": "1", "b": "1"})) == [("UNSUPPORTED", "/data/a")]


def test_it_flags_a_required_only_where_there_is_none():
    form = form_with(required="frobnicate(.)")
    assert verdict_of(form, {"a": "1", "b": "1"}).ok
    assert kinds(verdict_of(form, {"a": None, "b": "1"})) == [("UNSUPPORTED", "/data/a")]


@pytest.mark.parametrize("part", ["relevant", "calculate"])
def test_it_flags_relevance_and_calculations_always(part):
    verdict = verdict_of(form_with(**{part: "frobnicate(.)"}), {"a": "1", "b": "1"})
    assert kinds(verdict) == [("UNSUPPORTED", "/data/a")]
    assert verdict.answers["a"] == "1"


def test_it_flags_nothing_inside_what_is_not_asked():
    form = written_form(
        '<data id="data"><g><a/></g></data>',
        '<bind nodeset="/data/g" relevant="false()"/><bind nodeset="/data/g/a" calculate="frobnicate(.)"/>',
    )
    assert verdict_of(form, {}).ok


def test_it_flags_an_expression_that_fails_on_what_was_sent():
    form = form_with(constraint="regex(., /data/b)")
    assert form.unsupported == ()
    assert verdict_of(form, {"a": "x", "b": "[a-z]"}).ok
    assert kinds(verdict_of(form, {"a": "x", "b": "[a-"})) == [("UNSUPPORTED", "/data/a")]


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a/>",
        b"not xml",
        b"<!DOCTYPE a><a/>",
        b'<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head/><h:body/></h:html>',
    ],
)
def test_it_refuses_what_is_no_form(xml):
    with pytest.raises(BadForm):
        Form.from_xml(xml)


def test_it_says_so_where_the_root_is_another():
    verdict = verdict_on(form_with(type="int"), b"<other id='data'><a>1</a></other>")
    assert [str(fault.kind) for fault in verdict.faults] == ["UNKNOWN_NODE"]
    assert verdict.answers["a"] == "1"
