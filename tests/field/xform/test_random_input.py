"""Whatever arrives, only the named errors leave."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from aanchal.field.xform import BadXml, XPathError, parse
from aanchal.field.xform.grammar import parse_expression

from .xform_source import verdict_of, written_form

BYTES = st.binary(max_size=200) | st.text(max_size=100).map(str.encode)
MARKUP = st.lists(
    st.sampled_from(
        ["<a>", "</a>", "<b/>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&x;", "<?p", "?>", "x", "<!DOCTYPE", "=", "'", ">", "\x00"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode())
PIECES = [
    "1", "2.5", "'a'", "/data/a", "/data/m/b", "../a", ".", "..", "*", "@id", "//b", "a", "m", "b", "(", ")", "[", "]", ",", "/", "|",
    "+", "-", " div ", " mod ", " and ", " or ", "=", "!=", "<", ">=", "count(", "sum(", "if(", "position(", "selected(", "today()",
    "instance('l')", "/root/item", "current()", "concat(", "not(", "round(", "number(", "date(", "regex(", "join(", "coalesce(", "once(",
    "indexed-repeat(", "substr(", "last()", "self::node()", "ancestor::m", "text()", "string-length(", "max(", "digest(", "pow(", "::", "$",
]  # fmt: skip
NOISE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=30)

leaves = st.sampled_from(["1", "0", "2.5", "'a'", "''", "/data/a", "/data/m/b", "/data/m", "../a", ".", "m/b", "today()", "/data/m[1]/b"])


def _combined(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(pair, st.sampled_from(["+", " - ", "*", " div ", " mod ", "=", "!=", "<", ">=", " and ", " or "])).map(
            lambda both: f"({both[0][0]}{both[1]}{both[0][1]})"
        ),
        st.tuples(
            st.sampled_from(["number", "string", "boolean", "not", "round", "int", "abs", "date", "format-date", "substr"]), pair
        ).map(lambda call: f"{call[0]}({call[1][0]}{', ' + call[1][1] if call[0] in ('format-date', 'substr') else ''})"),
        pair.map(lambda both: f"if({both[0]}, {both[1]}, {both[0]})"),
        pair.map(lambda both: f"coalesce({both[0]}, {both[1]})"),
        pair.map(lambda both: f"concat({both[0]}, {both[1]})"),
        inner.map(lambda one: f"/data/m[{one}]/b"),
        inner.map(lambda one: f"count(/data/m[b = {one}])"),
    )


WELL_FORMED = st.recursive(leaves, _combined, max_leaves=12)


@given(BYTES | MARKUP)
@settings(deadline=None)
def test_it_refuses_random_bytes_as_bad_xml_only(data):
    with contextlib.suppress(BadXml):
        parse(data)


@given(NOISE)
@settings(deadline=None, max_examples=200)
def test_it_refuses_random_expressions_by_name_only(source):
    with contextlib.suppress(XPathError):
        parse_expression(source)


def _form_with(expression):
    escaped = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    binds = "".join(
        f'<bind nodeset="/data/{node}" {part}="{escaped}"/>'
        for node, part in (("a", "constraint"), ("out", "calculate"), ("m/c", "relevant"), ("m/b", "required"))
    )
    body = '<input ref="/data/a"/><group ref="/data/m"><repeat nodeset="/data/m" jr:count="{}"><input ref="/data/m/b"/></repeat></group>'
    items = '<instance id="l"><root><item><name>x</name><k>1</k></item></root></instance>'
    return written_form('<data id="data"><a/><m><b/><c/></m><out/></data>', binds, body.format(escaped), items)


def _is_xml(text):
    return all(char in "\t\n\r" or "\x20" <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff" for char in text)


SENT = {"a": "5", "m": [{"b": "1", "c": "x"}, {"b": None, "c": "2020-01-01"}], "out": "Zarina"}


@given((NOISE | WELL_FORMED).filter(_is_xml))
@settings(deadline=None, max_examples=300)
def test_it_compiles_or_lists_any_expression_and_validates_on(expression):
    form = _form_with(expression)
    verdict = verdict_of(form, SENT)
    assert isinstance(verdict.ok, bool)
    if form.unsupported:
        assert not verdict.ok


@given(WELL_FORMED)
@settings(deadline=None, max_examples=300)
def test_it_compiles_every_well_formed_expression(expression):
    assert _form_with(expression).unsupported == ()


@given(st.dictionaries(st.sampled_from(["a", "out", "m", "x"]), st.text(max_size=8).filter(_is_xml) | st.none(), max_size=4))
@settings(deadline=None, max_examples=100)
def test_it_gives_a_verdict_on_any_answers(answers):
    form = _form_with("if(/data/a > 3, /data/a * 2, concat(/data/a, '!'))")
    assert isinstance(verdict_of(form, answers).ok, bool)
