"""A district's directory, small."""

from datetime import date, timedelta

from aanchal.access.acting import acting
from aanchal.access.policy import day_in_india
from aanchal.network import engaging, importing, posting, stakeholders
from aanchal.network.models import Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.network.terms import Item
from tests.factories import DAY, NOON

STATED = {"act": "SOCIETIES", "valid_until": DAY + timedelta(days=400), "areas": ["TRAINING"]}
TERMS = {
    "area": "TRAINING", "title": "Trainings", "conditions": "Three trainings", "chosen": "PANEL", "amount_paise": 500_000,
    "starts_on": DAY, "ends_on": DAY + timedelta(days=90),
}  # fmt: skip


def entered(place, by, kind="VO", name="Ujala VO", **more) -> Stakeholder:
    with acting(by):
        return stakeholders.record(place=place, details=Details(kind=kind, name=name, **more), at=NOON, by=by)


def checked(place, by, content: str | bytes, name="list.csv"):
    """A file, sent and looked at: nothing of it is written."""
    told = {"at": NOON, "by": by}
    content = content.encode() if isinstance(content, str) else content
    with acting(by):
        file = importing.unpack(file=importing.send(place=place, content=content, file_name=name, **told), by=by)
        while importing.check_part(file=file, **told):
            pass
        return importing.settle(file=file, by=by)


def written(place, by, content: str):
    file = checked(place, by, content)
    with acting(by):
        return importing.write(file=file, at=NOON, by=by)


def ngo(place, by, *, items=Item.values, name="Sahyog", **stated):
    row = entered(place, by, "NGO", name, registration_no=stated.pop("registration_no", ""))
    with acting(by):
        row = engaging.open_file(stakeholder=row, told=STATED | stated, by=by)
        for item in items:
            engaging.note_item(ngo=row, item=item, is_good=True, note="", on=day_in_india(NOON), at=NOON, by=by)
    return row


def engaged(row, by, **more):
    with acting(by):
        return engaging.engage(ngo=row, place=row.stakeholder.place, told=TERMS | more, at=NOON, by=by)


def blacklisted(row, by, decider):
    with acting(by):
        one = engaging.propose_blacklisting(ngo=row, reasons="Money not returned", from_on=DAY, until_on=None, at=NOON, by=by)
    with acting(decider):
        return engaging.decide(blacklisting=one, is_agreed=True, at=NOON, by=decider)


def post(place, by, kind="GENDER_CRP", *, on=date(2026, 1, 1), paise=150_000):
    told = {"kind": kind, "title": "Gender CRP", "order_no": "G.O. 1", "sanctioned_on": on, "honorarium_paise": paise}
    with acting(by):
        return posting.sanction(place=place, told=told, at=NOON, by=by)


def filled(row, by, holder, since=date(2026, 1, 1), until=None):
    with acting(by):
        return posting.fill(post=row, holder=holder, since=since, until=until, order_no="G.O. 2", at=NOON, by=by)


def sent(place, by, listed, content: str, *, at=NOON, belongs=None, write=True):
    """A file of a list, looked at and, if wanted, written."""
    told = {"at": at, "by": by}
    with acting(by):
        about = {"listed": listed, "belongs": belongs.pk if belongs else None}
        file = importing.send(place=place, content=content.encode(), file_name="list.csv", **about, **told)
        importing.unpack(file=file, by=by)
        importing.check_part(file=file, **told)
        importing.settle(file=file, by=by)
        return importing.write(file=file, **told) if write else file


def taken_back(file, by, *, at=NOON):
    with acting(by):
        return importing.take_back(file=file, at=at, by=by)
