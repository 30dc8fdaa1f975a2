"""Forms and submissions for the tests of the engine, written small."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyxform.xls2xform import convert

from aanchal.field.xform import Form, Verdict, parse

TODAY = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def xform_of(workbook: str | dict) -> bytes:
    return convert(workbook, validate=False).xform.encode()


def form_of(workbook: str | dict, media: Mapping[str, bytes] | None = None) -> Form:
    return Form.from_xml(xform_of(workbook), media or {})


def submission(answers: Mapping[str, Any], *, form_id: str = "data", version: str = "1") -> bytes:
    body = "".join(_element(name, value) for name, value in answers.items())
    return f"<?xml version='1.0'?><data id={quoteattr(form_id)} version={quoteattr(version)}>{body}</data>".encode()


def _element(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_element(each, inner) for each, inner in value.items())}</{name}>"
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    return f"<{name}/>" if value is None else f"<{name}>{escape(str(value))}</{name}>"


def verdict_of(form: Form, answers: Mapping[str, Any]) -> Verdict:
    return verdict_on(form, submission(answers))


def verdict_on(form: Form, sent: bytes) -> Verdict:
    return form.validate(parse(sent), today=TODAY, now=NOW)


def kinds(verdict: Verdict) -> list[tuple[str, str]]:
    return [(str(fault.kind), fault.path) for fault in verdict.faults]


HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms">
<h:head><h:title>t</h:title><model>"""


def written_form(instance: str, binds: str = "", body: str = "", more: str = "", media: Any = None) -> Form:
    """A form written as XML, for what XLSForm cannot say."""
    xml = f"{HEAD}<instance>{instance}</instance>{more}{binds}</model></h:head><h:body>{body}</h:body></h:html>"
    return Form.from_xml(xml.encode(), media or {})


def evaluate(expression: str, answers: Mapping[str, Any] | None = None, **types: str) -> str | None:
    """The text an expression gives as the calculation of /data/out, among answers of the given types."""
    answers = answers or {}
    names = "".join(_element(name, value) for name, value in answers.items())
    repeats = "".join(f'<repeat nodeset="/data/{name}"/>' for name, value in answers.items() if isinstance(value, list))
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in types.items())
    binds += f'<bind nodeset="/data/out" type="string" calculate={quoteattr(expression)}/>'
    form = written_form(f'<data id="data">{names}<out/></data>', binds, repeats)
    assert not form.unsupported, form.unsupported
    return verdict_of(form, answers).answers["out"]


def holds(expression: str, answers: Mapping[str, Any], **types: str) -> bool:
    """Whether an expression is true, as a constraint on /data/out among answers of the given types."""
    names = "".join(_element(name, value) for name, value in answers.items())
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in types.items())
    binds += f'<bind nodeset="/data/out" constraint={quoteattr(expression)}/>'
    form = written_form(f'<data id="data">{names}<out/></data>', binds, '<input ref="/data/out"/>')
    assert not form.unsupported, form.unsupported
    found = kinds(verdict_of(form, {**answers, "out": "x"}))
    assert found in ([], [("CONSTRAINT", "/data/out")])
    return not found
