"""Posts, files of NGOs, resource pools and paid honoraria as files: columns, and what writes a row."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.core.list_files import Cells, Faulty, FileList, Sending, Wrote, snapshot
from aanchal.network import engaging, posting, words
from aanchal.network.models import Honorarium, Ngo, PoolMember, Post, Stakeholder, Tenure
from aanchal.network.rules import Refused
from aanchal.network.terms import Act, Area, Language, PoolTopic, PostKind, RowState
from aanchal.places.models import Place
from aanchal.places.terms import Level

PLACED = ("place_level", "place_code")
POSTS = ("key", "kind", "title", *PLACED, "order_no", "sanctioned_on", "honorarium_rupees")
POSTS += ("holder_key", "since", "until", "tenure_order_no")
NGOS = ("stakeholder_key", "act", "registered_on", "valid_until", "fcra_no", "fcra_until", "tax_no", "areas")
POOL = ("stakeholder_key", *PLACED, "topics", "languages", "since")
HONORARIA = ("key", "paid_on", "reference")


def write_post(cells: Cells, sending: Sending) -> list[Wrote]:
    """The post, and who holds it. A post that stands already takes a holder while it is vacant."""
    told = {
        "kind": cells.choice("kind", PostKind), "title": cells.text("title", 120, needed=True),
        "order_no": cells.text("order_no", 80, needed=True), "sanctioned_on": cells.day("sanctioned_on", needed=True),
        "honorarium_paise": cells.paise("honorarium_rupees"),
    }  # fmt: skip
    key, since, until = cells.id("key"), cells.day("since"), cells.day("until")
    tenure_order, holder_key = cells.text("tenure_order_no", 80), cells.text("holder_key", 100)
    if holder_key and since is None:
        cells.faults.append(("since", "empty"))
    cells.check()
    post, wrote = _post(key, told, sending), []
    if post is None:
        post = posting.sanction(place=sending.place, told=told, at=sending.at, by=sending.by)
        wrote.append(Wrote(post))
    if holder_key:
        holder = _stakeholder(holder_key, "holder_key", sending)
        if not Tenure.objects.filter(post=post, holder=holder, since=since, until=until).exists():
            order = tenure_order or told["order_no"]
            tenure = posting.fill(post=post, holder=holder, since=since, until=until, order_no=order, at=sending.at, by=sending.by)
            wrote.append(Wrote(tenure))
    return wrote


def write_ngo(cells: Cells, sending: Sending) -> list[Wrote]:
    """Opens the file of an NGO on its line of the directory."""
    told = {
        "act": cells.choice("act", Act), "registered_on": cells.day("registered_on"), "valid_until": cells.day("valid_until"),
        "fcra_no": cells.text("fcra_no", 40), "fcra_until": cells.day("fcra_until"), "tax_no": cells.text("tax_no", 40),
        "areas": cells.several("areas", Area),
    }  # fmt: skip
    key = cells.text("stakeholder_key", 100, needed=True)
    cells.check()
    stakeholder = _stakeholder(key, "stakeholder_key", sending, Permission.NGO_RECORD)
    known = Ngo.objects.filter(stakeholder=stakeholder).first()
    if known is not None:
        return _as_it_stands(known, told | {"areas": sorted(told["areas"])}, areas=sorted(known.areas))
    return [Wrote(engaging.open_file(stakeholder=stakeholder, told=told, by=sending.by))]


def write_member(cells: Cells, sending: Sending) -> list[Wrote]:
    """Into the pool of a state or a district."""
    topics, languages = cells.several("topics", PoolTopic), cells.several("languages", Language)
    since, key = cells.day("since") or day_in_india(sending.at), cells.text("stakeholder_key", 100, needed=True)
    if since > day_in_india(sending.at):
        cells.faults.append(("since", "in_the_future"))
    if sending.place.level not in (Level.STATE, Level.DISTRICT):
        cells.faults.append(("place_level", "too_high"))
    cells.check()
    stakeholder = _stakeholder(key, "stakeholder_key", sending)
    known = PoolMember.objects.filter(place=sending.place, stakeholder=stakeholder, until=None).first()
    if known is not None:
        told = {"topics": sorted(topics), "languages": sorted(languages)}
        return _as_it_stands(known, told, topics=sorted(known.topics), languages=sorted(known.languages))
    told = {"place": sending.place, "stakeholder": stakeholder, "topics": topics, "languages": languages}
    return [Wrote(posting.join_pool(on=since, by=sending.by, **told))]


def write_payment(cells: Cells, sending: Sending) -> list[Wrote]:
    """What the bank or the treasury says was paid, by the key that the list of what is due carries."""
    key, on, reference = cells.id("key"), cells.day("paid_on"), cells.text("reference", 80)
    if "key" not in {column for column, _code in cells.faults} and key is None:
        cells.faults.append(("key", "empty"))
    if reference and on is None:
        cells.faults.append(("paid_on", "empty"))
    cells.check()
    row = Honorarium.objects.filter(pk=key).first()
    if row is None or row.place_no not in sending.whole.interval or not policy.can(sending.by, Permission.POST_RECORD, row):
        raise Faulty([("key", "not_there")])
    if on is None or (row.paid_on, row.reference) == (on, reference):
        return []
    before = snapshot(Honorarium, row.pk)
    return [Wrote(posting.pay(honorarium=row, on=on, reference=reference, at=sending.at, by=sending.by), before)]


def _post(key: UUID | None, told: dict, sending: Sending) -> Post | None:
    """The post that stands already: by our id, or by its place, kind, title and order. Raises Faulty where it stands otherwise."""
    if key is None:
        same = {name: told[name] for name in ("kind", "title", "order_no")}
        found = Post.objects.filter(place=sending.place, **same).first()
    else:
        found = Post.objects.filter(pk=key).first()
        if found is None or found.place_id != sending.place.pk:
            raise Faulty([("key", "not_there")])
    if found is not None:
        _as_it_stands(found, told)
    return found


def _stakeholder(key: str, column: str, sending: Sending, permission: str = Permission.STAKEHOLDER_RECORD) -> Stakeholder:
    """By our id, or by its key within the list of the file's place. Raises Faulty."""
    wanted = Q(source=sending.whole, source_key=key)
    with suppress(ValueError):
        wanted |= Q(pk=UUID(key))
    found = Stakeholder.objects.filter(wanted, standing=RowState.LIVE).first()
    if found is None or not policy.can(sending.by, permission, found):
        raise Faulty([(column, "no_stakeholder")])
    return found


def _as_it_stands(row, told: dict, **now) -> list[Wrote]:
    """Nothing to write. Raises Faulty with each column in which the file says something else: that is changed on its page."""
    columns = {"honorarium_paise": "honorarium_rupees"}
    differs = [name for name, value in told.items() if now.get(name, getattr(row, name)) != value]
    if differs:
        raise Faulty([(columns.get(name, name), "stands_otherwise") for name in differs])
    return []


def _rupees(paise: int) -> str:
    return f"{paise // 100}.{paise % 100:02}" if paise else ""


def posts_told(row: Post, on: date) -> list:
    """A post as the file has it, with who holds it on a day."""
    held = next((one for one in row.tenures.all() if one.since <= on and (one.until is None or one.until >= on)), None)
    tenure = (str(held.holder_id), held.since, held.until, held.order_no) if held else ("", None, None, "")
    paise = _rupees(row.honorarium_paise)
    return [str(row.pk), row.kind, row.title, *_placed(row.place), row.order_no, row.sanctioned_on, paise, *tenure]


def ngo_told(row: Ngo) -> list:
    stated = (row.act, row.registered_on, row.valid_until, row.fcra_no, row.fcra_until, row.tax_no)
    return [str(row.stakeholder_id), *stated, " ".join(row.areas)]


def member_told(row: PoolMember) -> list:
    return [str(row.stakeholder_id), *_placed(row.place), " ".join(row.topics), " ".join(row.languages), row.since]


def payment_told(row: Honorarium) -> list:
    return [str(row.pk), row.paid_on, row.reference]


def _placed(place: Place) -> tuple[str, int | None]:
    return place.level, place.lgd_code


_SAID: dict[str, Any] = {"refused": Refused, "words": words.FAULTS}
LISTS = (
    FileList(
        key="posts", title=_("Posts"), permission=Permission.POST_RECORD, columns=POSTS, write=write_post, codes=(("kind", PostKind),),
        needed=("kind", "title", *PLACED, "order_no", "sanctioned_on"), back=lambda _belongs: reverse("network:posts"), **_SAID,
        example=(("", "GENDER_CRP", "Gender CRP", "VILLAGE", "123456", "GO 12", "2026-04-01", "1500", "CRP-7", "2026-04-10", "", "GO 15"),),
    ),
    FileList(
        key="ngos", title=_("NGOs"), permission=Permission.NGO_RECORD, columns=NGOS, needed=("stakeholder_key", "act", "areas"),
        write=write_ngo, codes=(("act", Act), ("areas", Area)), back=lambda _belongs: reverse("network:ngos"), **_SAID,
        example=(("NGO-3", "SOCIETIES", "2010-06-01", "2030-05-31", "", "", "", "TRAINING IEC"),),
    ),
    FileList(
        key="pool", title=_("Resource pool"), permission=Permission.POST_RECORD, columns=POOL, write=write_member,
        needed=("stakeholder_key", *PLACED, "topics", "languages"), codes=(("topics", PoolTopic), ("languages", Language)),
        back=lambda _belongs: reverse("network:pool"), **_SAID,
        example=(("NGO-3", "DISTRICT", "123", "LAW PREVENTION", "hi te", "2026-04-01"),),
    ),
    FileList(
        key="honoraria", title=_("Paid honoraria"), permission=Permission.POST_RECORD, columns=HONORARIA, needed=HONORARIA,
        write=write_payment, back=lambda _belongs: reverse("network:honoraria"), **_SAID, example=(("", "2026-05-04", "NEFT 4711"),),
    ),
)  # fmt: skip
