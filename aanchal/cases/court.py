"""A case on paper for a court: everything of its page in the order it happened, and the log of who took it out."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day, moment


def drawn(told: dict[str, Any], *, language: str) -> Paper:
    """`told`: what `reading.read` gives, and facts, way, identity, firs, no_fir, recipient, number, by, printed_at; in `language`."""
    paper = Paper(
        told["heading"], language, made_at=told["printed_at"], foot=f"{told['heading']} · {told['recipient']} {told['number']}".strip()
    )
    paper.facts(_head(told))
    if told["identity"]:
        paper.heading(_("Who she is"))
        paper.facts(_identity(told["identity"]))
    else:
        paper.paragraph(_("Her name is left out. Publishing who she is, is an offence (JJ Act s. 74, POCSO Act s. 23, BNS s. 72)."))
    paper.heading(_("What was done to her"))
    paper.facts(_done(told))
    _in_court(paper, told)
    _consents(paper, told["consents"])
    _since(paper, told["timeline"])
    _log(paper, told["disclosures"])
    _lost(paper)
    paper.signature(_("Signed"))
    return paper


def _head(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    case = told["case"]
    yield _("For whom"), f"{told['recipient']} {told['number']}".strip()
    yield _("District"), case.place.local_name
    yield _("Opened on"), day(case.opened_on)
    yield _("State of the case"), f"{case.get_state_display()} {case.get_outcome_display()}".strip()
    yield _("Printed on"), f"{moment(told['printed_at'])}, {told['by'].name}"


def _identity(identity: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield _("Name"), identity.get("name", "")
    yield _("Name of father, mother or husband"), identity.get("guardian_name", "")
    yield _("Telephone"), identity.get("phone", "")
    yield _("Address"), identity.get("address", "")


def _done(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    case = told["case"]
    yield _("Gender"), case.get_gender_display() + (f", {_('a child')}" if case.is_child else "")
    yield from told["facts"]
    if told["way"]:
        yield _("The way she was taken"), " – ".join(told["way"])
    for event in told["events"]:
        one, words = event["one"], event["told"]
        where = words.get("city") or (one.district.local_name if one.district else "")
        yield one.get_kind_display(), " · ".join(filter(None, (day(one.on) if one.on else "", where, words.get("words", ""))))


def _in_court(paper: Paper, told: dict[str, Any]) -> None:
    paper.heading(_("In court"))
    for one in told["firs"]:
        paper.heading(one.heading, level=3)
        one.draw(paper)
    if told["no_fir"]:
        paper.paragraph(str(told["no_fir"]))


def _consents(paper: Paper, consents: list[dict[str, Any]]) -> None:
    paper.heading(_("Consents"))
    if not consents:
        paper.paragraph(_("None yet."))
        return
    rows = []
    for one in (consent["one"] for consent in consents):
        back = f"{_('taken back')} {day(one.withdrawn_at)}" if one.withdrawn_at else ""
        rows.append(
            (one.get_purpose_display(), one.get_party_display(), one.get_giver_display(), f"{day(one.given_on)} – {day(one.until)}", back)
        )
    paper.table([_("For what"), _("To whom"), _("Given by"), _("From – until"), _("Taken back")], rows)


def _since(paper: Paper, timeline: list[Any]) -> None:
    paper.heading(_("What happened since"))
    rows = [(day(one.on), f"{one.label} {one.more}".strip(), one.words, one.who.name if one.who else "") for one in reversed(timeline)]
    if not rows:
        paper.paragraph(_("None yet."))
        return
    paper.table([_("Day"), _("What"), _("Words"), _("Written by")], rows)


def _log(paper: Paper, disclosures: list[Any]) -> None:
    paper.heading(_("Who took it out"))
    named = {True: _("with her name"), False: _("without her name")}
    rows = [
        (moment(one.at), f"{one.get_recipient_display()} {one.number}".strip(), named[one.with_identity], _yes(one.with_firs), one.by.name)
        for one in disclosures
    ]
    paper.table([_("When"), _("For whom"), _("Name"), _("FIR and hearings"), _("Who")], rows)


def _yes(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def _lost(paper: Paper) -> None:
    """A box in a court's paper must not pass for a letter."""
    if paper.lost:
        paper.paragraph(
            _("Some letters of other scripts could not be drawn here and stand as boxes; the page to print shows them."), small=True
        )
