"""Expressions few forms use: they work, or are listed as unsupported with a reason."""

import pytest

from aanchal.field.xform import XPathError
from aanchal.field.xform.grammar import MAX_LENGTH, parse_expression

from .xform_source import evaluate, kinds, verdict_of, written_form

LIST = """<instance id="l"><root kind="k"><item ref="r1"><name>x</name><n>1</n><in><deep>d</deep></in></item>
<item ref="r2"><name>y</name><n>2</n></item></root></instance>"""


def listed(expression, answers=None):
    """As `evaluate`, with the list above at hand."""
    quoted = expression.replace("<", "&lt;").replace('"', "&quot;")
    form = written_form(
        '<data id="data"><a/><m><b/></m><out/></data>',
        f'<bind nodeset="/data/out" calculate="{quoted}"/>',
        '<repeat nodeset="/data/m"/>',
        LIST,
    )
    assert not form.unsupported, form.unsupported
    return verdict_of(form, answers or {"a": "y", "m": [{"b": "1"}, {"b": "2"}]}).answers["out"]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("instance('l')/root/item[name = /data/a]/n", "2"),
        ("instance('l')/root/item[/data/a = name]/n", "2"),
        ("instance('l')/root/item[n = 2]/name", "y"),
        ("instance('l')/root/item[name = 'x']/in/deep", "d"),
        ("instance('l')/root/item/@ref", "r1"),
        ("instance('l')/root/item[@ref = 'r2']/name", "y"),
        ("instance('l')/root/@kind", "k"),
        ("count(instance('l')/root/*)", "2"),
        ("count(instance('l')//name)", "2"),
        ("count(instance('l')/root/item/*)", "5"),
        ("instance('l')/root/item[last()]/name", "y"),
        ("instance('l')/root/item[name != 'x' or n = 7]/name", "y"),
        ("instance('l')/root/item[if(n = 2, true(), false())]/name", "y"),
        ("instance('l')/root/item[string(name) = 'y']/name", "y"),
        ("instance('l')/root/item[./name = 'y']/name", "y"),
        ("instance('l')/root/item[in/deep = 'd']/name", "x"),
        ("instance('l')/root/item[count(*) = 2]/name", "y"),
        ("instance('l')/root/item[position() = count(/data/m)]/name", "y"),
        ("instance('l')/root/item[following-sibling::item]/name", "x"),
        ("instance('l')/root/item[name = 'y']/preceding-sibling::item/name", "x"),
        ("instance('l')/root/item[selected(/data/a, name)]/n", "2"),
        ("instance('l')/root/item[name = current()/../a]/n", "2"),
        ("instance('l')/root[item/name = 'x']/item[2]/name", "y"),
        ("instance('l')/root/item[name='x' and n=1]/n + 1", "2"),
        ("(instance('l')/root/item)[2]/name", "y"),
        ("position(instance('l')/root/item[name = 'y'])", "2"),
        ("name(instance('l')/root/item[1])", "item"),
        ("count(instance('l'))", "1"),
        ("sum(instance('l')/root/item[n >= /data/m[1]/b]/n)", "3"),
        ("join(' ', instance('l')/root/item/name | /data/a)", "x y y"),
        ("count(randomize(instance('l')/root/item))", None),
        ("checklist(1, 1, /data/m/b)", "false"),
        ("weighted-checklist(3, 3, /data/m/b, /data/m/b)", "true"),
        ("count(/data/m[b > 0][position() = last()])", "1"),
        ("count((/data/m | /data/a)[1])", "1"),
        ("count(/data/m[position() mod 2 = 0])", "1"),
        ("count(/)", "1"),
        ("count(/*)", "1"),
        ("count(/data/m/b/ancestor-or-self::m)", "2"),
        ("count(/data/descendant-or-self::node())", "7"),
        ("count(//m[b = 2])", "1"),
        ("count(/data/m/descendant-or-self::b)", "2"),
        ("count(//b[. = //m[1]/b])", "1"),
        ("name(..)", "data"),
        ("name(/data/m[2])", "m"),
        ("namespace-uri(/data/a)", None),
        ("current()", None),
        ("string()", None),
        ("string-length()", "0"),
        ("normalize-space()", None),
        ("local-name()", "out"),
        ("position()", "1"),
        ("position(/data)", "1"),
        ("position(/data/a)", "1"),
        ("last()", "1"),
        ("child::node() = ''", "true"),
        ("/data/child::a", "y"),
        ("self::out", None),
        ("count(/data/processing-instruction('x'))", "0"),
        ("-/data/m[1]/b", "-1"),
        ("- (1 + 2)", "-3"),
        ("date-time(today())", "2026-07-01"),
        ("date(now())", None),
        ("decimal-date-time(today())", "20635"),
        ("decimal-date-time('2020-01-01') - decimal-date-time('2019-12-31')", "1"),
        ("date-time('x')", None),
        ("date-time(18262.5)", "2020-01-01T12:00:00.000"),
        ("date(99999999)", None),
        ("date-time(1000000000000)", None),
        ("decimal-time('x')", None),
        ("if(true(), today(), 'x')", "2026-07-01"),
        ("if(true(), /data/m/b, 'x')", "1"),
    ],
)
def test_it_gives(expression, value):
    assert listed(expression) == value


@pytest.mark.parametrize(
    "expression",
    [
        "true() | /data/a",
        "(1)/a",
        "'x'[1]",
        "instance(/data/a)",
        "instance('none')/root/item",
        "instance('l', 'm')",
        "indexed-repeat(/data/out, /data/member, 1)",
        "indexed-repeat('x', /data/member, 1)",
        "indexed-repeat(/data/nothing, /data/member, 1)",
        "indexed-repeat(/data/member/name, /data/member, 1, 2)",
        "jr:choice-name('a', /data/n)",
        "jr:choice-name('a', '/data/nothing')",
        "jr:choice-name('a', '/data/n')",
        "pulldata('l', /data/n, 'name', 'x')",
        "weighted-checklist(1, 2, true())",
        "name(1)",
        "position('x')",
        "/data/1",
        "child::1",
        "@",
        "(" * 200 + "1" + ")" * 200,
        "/data/n" + "[1" * 100 + "]" * 100,
    ],
)
def test_it_lists_what_makes_no_sense(expression):
    form = written_form(
        '<data id="data"><n/><member><name/></member><out/></data>',
        f'<bind nodeset="/data/out" calculate="{expression}"/>',
        '<repeat nodeset="/data/member"/>',
        LIST,
    )
    assert [each.path for each in form.unsupported] == ["/data/out"]


def test_it_lets_a_calculation_stand_that_needs_a_list_it_does_not_have():
    form = written_form(
        '<data id="data"><out/></data>',
        "<bind nodeset=\"/data/out\" calculate=\"instance('far')/root/item[name = 'x']/label\"/>",
        more='<instance id="far" src="jr://file-csv/far.csv"/>',
    )
    assert form.unsupported == ()
    assert verdict_of(form, {"out": "anything"}).ok


def test_it_takes_what_was_answered_as_relevant_where_it_cannot_know():
    form = written_form(
        '<data id="data"><g><a/><m><b/></m></g></data>',
        '<bind nodeset="/data/g" relevant="instance(\'far\')/root/item/label = 1"/><bind nodeset="/data/g/a" required="true()"/>',
        '<input ref="/data/g/a"/><repeat nodeset="/data/g/m"/>',
        '<instance id="far" src="jr://file-csv/far.csv"/>',
    )
    assert verdict_of(form, {}).ok
    assert verdict_of(form, {"g": {"a": "x"}}).answers == {"g": {"a": "x", "m": []}}
    assert kinds(verdict_of(form, {"g": {"m": [{"b": "x"}]}})) == [("REQUIRED", "/data/g/a")]


def test_it_checks_a_required_that_depends():
    form = written_form(
        '<data id="data"><a/><b/></data>',
        '<bind nodeset="/data/b" required="/data/a = 1"/>',
        '<input ref="/data/b"/>',
    )
    assert verdict_of(form, {"a": "2"}).ok
    assert kinds(verdict_of(form, {"a": "1"})) == [("REQUIRED", "/data/b")]


@pytest.mark.parametrize("part", ["required", "relevant", "calculate"])
def test_it_flags_a_pattern_that_cannot_be_used(part):
    form = written_form(
        '<data id="data"><a/><b/></data>',
        f'<bind nodeset="/data/b" {part}="regex(\'x\', /data/a)"/>',
        '<input ref="/data/b"/>',
    )
    assert kinds(verdict_of(form, {"a": "["})) == [("UNSUPPORTED", "/data/b")]


def test_it_flags_a_count_or_a_filter_that_cannot_be_used():
    form = written_form(
        '<data id="data"><a/><s/><m><b/></m></data>',
        "",
        '<select1 ref="/data/s"><itemset nodeset="instance(\'l\')/root/item[regex(name, /data/a)]"><value ref="name"/></itemset>'
        '</select1><repeat nodeset="/data/m" jr:count="number(regex(\'x\', /data/a))"/>',
        LIST,
    )
    assert kinds(verdict_of(form, {"a": "[", "s": "x"})) == [("UNSUPPORTED", "/data/s"), ("UNSUPPORTED", "/data/m")]
    assert kinds(verdict_of(form, {"a": "y", "s": "x"})) == [("CHOICE", "/data/s")]


@pytest.mark.parametrize("nodeset", ["instance('l')/root/item[", "frobnicate()", "instance('l')/root/item[frobnicate(name)]"])
def test_it_flags_choices_it_cannot_list_once_one_is_chosen(nodeset):
    form = written_form(
        '<data id="data"><s/></data>',
        "",
        f'<select1 ref="/data/s"><itemset nodeset="{nodeset}"><value ref="name"/></itemset></select1>',
        LIST,
    )
    assert [each.part for each in form.unsupported] == ["choices"]
    assert verdict_of(form, {"s": None}).ok
    assert kinds(verdict_of(form, {"s": "x"})) == [("UNSUPPORTED", "/data/s")]


def test_it_checks_choices_found_by_an_odd_path():
    for nodeset in ("instance('l')/root[item]/item", "instance('l')//item", "(instance('l')/root/item)[name != 'y']"):
        form = written_form(
            '<data id="data"><s/></data>',
            "",
            f'<select1 ref="/data/s"><itemset nodeset="{nodeset}"><value ref="name"/></itemset></select1>',
            LIST,
        )
        assert form.unsupported == ()
        assert verdict_of(form, {"s": "x"}).ok
        assert not verdict_of(form, {"s": "z"}).ok


def test_it_keeps_whole_numbers_whole():
    form = written_form('<data id="data"><out/></data>', '<bind nodeset="/data/out" type="int" calculate="7 div 2"/>')
    assert verdict_of(form, {"out": "3"}).ok
    assert not verdict_of(form, {"out": "4"}).ok


def test_it_takes_nan_for_blank():
    assert evaluate("number('x')", {"out": "NaN"}) == "NaN"


def test_it_refuses_an_endless_expression():
    with pytest.raises(XPathError):
        parse_expression("1 +" * MAX_LENGTH)
