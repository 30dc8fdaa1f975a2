"""What the directory adds to the world: organisations and workers, two that were one, a file, an NGO, a post with who holds it."""

from datetime import timedelta

from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.network import engaging, importing, joining, posting, stakeholders
from aanchal.network.models import Engagement, Honorarium, ImportFile, Ngo, Pair, PoolMember, Post, Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.network.terms import Item


def fill(world) -> None:
    """At the district, by who runs the pilot there."""
    place, now = world.here.district, timezone.now()
    by = world.post("programme_officer", place.state)
    told = {"at": now, "by": by}
    with acting(by):
        stays, away = (stakeholders.record(place=place, details=Details(kind="YOUTH", name="Navyug"), **told) for _ in range(2))
        joining.join(stays=stays, away=away, **told)
        stakeholders.record(place=place, details=Details(kind="CWC", name="Committee", is_public=True), **told)
        _file(place, told)
        _engage(place, told)
        _post(place, told)
        _paid(place, told)


def _file(place, told) -> None:
    content = f"kind,name,place_level,place_code\nYOUTH,Nehru club,DISTRICT,{place.lgd_code}\n".encode()
    file = importing.unpack(file=importing.send(place=place, content=content, file_name="clubs.csv", **told), by=told["by"])
    importing.check_part(file=file, **told)
    importing.settle(file=file, by=told["by"])
    importing.write(file=file, **told)


def _paid(place, told) -> None:
    """A list that is written row by row: what is due was paid."""
    due = Honorarium.objects.get(place_no=place.place_no)
    content = f"key,paid_on,reference\n{due.pk},{policy.day_in_india(told['at'])},NEFT 1\n".encode()
    file = importing.send(place=place, content=content, file_name="paid.csv", listed="honoraria", **told)
    importing.unpack(file=file, by=told["by"])
    importing.check_part(file=file, **told)
    importing.settle(file=file, by=told["by"])
    importing.write(file=file, **told)


def _engage(place, told) -> None:
    on = policy.day_in_india(told["at"])
    ngo = stakeholders.record(place=place, details=Details(kind="NGO", name="Sahyog"), **told)
    ngo = engaging.open_file(stakeholder=ngo, told={"act": "TRUST", "areas": ["IEC"]}, by=told["by"])
    for item in Item.values:
        engaging.note_item(ngo=ngo, item=item, is_good=True, note="", on=on, **told)
    terms = {"area": "IEC", "title": "Plays", "conditions": "Twenty plays", "chosen": "PANEL", "amount_paise": 100}
    engagement = engaging.engage(ngo=ngo, place=place, told=terms | {"starts_on": on, "ends_on": on}, **told)
    engaging.expect(engagement=engagement, title="Ten plays", due_on=on, by=told["by"])
    engaging.propose_blacklisting(ngo=ngo, reasons="No play was seen", from_on=on, until_on=None, **told)


def _post(place, told) -> None:
    on = policy.day_in_india(told["at"]).replace(day=1)
    month = (on - timedelta(days=1)).replace(day=1)
    worker = stakeholders.record(place=place, details=Details(kind="CRP", name="A worker"), **told)
    order = {"kind": "GENDER_CRP", "title": "Gender CRP", "order_no": "1", "sanctioned_on": month, "honorarium_paise": 150_000}
    tenure = posting.fill(post=posting.sanction(place=place, told=order, **told), holder=worker, since=month, order_no="2", **told)
    posting.raise_dues(tenures=[tenure], month=month, **told)
    posting.join_pool(place=place, stakeholder=worker, topics=["LAW"], languages=["hi"], on=on, by=told["by"])


def ids(world) -> dict[tuple[str, str], object]:
    district = {"place_no": world.here.district.place_no}
    return {
        ("network/stakeholders/", "pk"): Stakeholder.objects.get(**district, name="Sahyog").pk,
        ("network/stakeholders/files/", "pk"): ImportFile.objects.get(**district, listed="directory").pk,
        ("network/stakeholders/pairs/", "pk"): Pair.objects.get(**district).pk,
        ("network/ngos/", "pk"): Ngo.objects.get(**district).pk,
        ("network/ngos/engagements/", "pk"): Engagement.objects.get(**district).pk,
        ("network/posts/", "pk"): Post.objects.get(**district).pk,
        ("network/posts/honoraria/", "pk"): Honorarium.objects.get(**district).pk,
        ("network/pool/", "pk"): PoolMember.objects.get(**district).pk,
    }
