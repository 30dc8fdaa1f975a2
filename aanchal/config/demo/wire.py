"""A filled form as the bytes a phone sends: one XML instance with its namespaces, groups and repeats."""

from collections.abc import Iterator, Mapping
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from aanchal.field import xlsforms

_NAMESPACES = {  # as ODK Collect writes them
    "h": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "odk": "http://www.opendatakit.org/xforms",
    "orx": "http://openrosa.org/xforms",
    "xsd": "http://www.w3.org/2001/XMLSchema",
}
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())


class NotOnTheForm(ValueError):
    """An answer was given to a question the form does not ask."""


class Marks(dict):
    """The attributes of an element that holds nothing else."""


def instance_xml(form_id: str, version: str, answers: Mapping[str, object]) -> bytes:
    """The instance with its answers in the order given: a mapping is a group, a list a repeat, None is left empty."""
    body = "".join(_element(name, value) for name, value in answers.items())
    root = f"<data{_DECLARED} id={quoteattr(form_id)} version={quoteattr(version)}>"
    return f"<?xml version='1.0' ?>{root}{body}</data>".encode()


def _element(name: str, value: object) -> str:
    if value is None:
        return f"<{name}/>"
    if isinstance(value, Marks):
        return f"<{name}{''.join(f' {key}={quoteattr(told)}' for key, told in value.items())}/>"
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_element(*inner) for inner in value.items())}</{name}>"
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    return f"<{name}>{escape(str(value))}</{name}>"


def arranged(form_id: str, answers: Mapping[str, object]) -> dict[str, object]:
    """Answers by question name, put into the form's own groups and order; a repeat's answers are a list of mappings."""
    return dict(_arranged(_layout(form_id), answers, set(answers), form_id))


class _Group(dict):
    """Questions of the form by name, in order; a question that holds no others is None."""

    is_repeat = False


def _arranged(
    layout: _Group, answers: Mapping[str, object], unplaced: set[str], form_id: str, *, inside: bool = False
) -> Iterator[tuple[str, object]]:
    for name, group in layout.items():
        if group is None or group.is_repeat:
            if name in answers:
                unplaced.discard(name)
                yield (
                    name,
                    answers[name] if group is None else [_repeated(group, one, form_id) for one in answers[name]],
                )
        elif filled := dict(_arranged(group, answers, unplaced, form_id, inside=True)):
            yield name, filled
    if unplaced and not inside:
        raise NotOnTheForm(f"{form_id}: {', '.join(sorted(unplaced))}")


def _repeated(layout: _Group, answers: Mapping[str, object], form_id: str) -> dict[str, object]:
    return dict(_arranged(layout, answers, set(answers), form_id))


@cache
def _layout(form_id: str) -> _Group:
    layout = _Group()
    for question in xlsforms.questions(form_id):
        group = layout
        for name in question.path[:-1]:
            group = group.setdefault(name, _Group())
            group.is_repeat = group.is_repeat or name == question.repeat
        group[question.name] = None
    return layout
