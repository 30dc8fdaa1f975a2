"""Referral and transfer: with her consent, accepted, declined or returned; to an agency without an account by a sealed link."""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.policy import INDIA, day_in_india
from aanchal.cases import assigning, pseudonyms, queries, rules, telling, terms
from aanchal.cases.facts import ReferralSent
from aanchal.cases.models import Assignment, Case, CaseConsent, Referral, SealedLink
from aanchal.cases.rules import NotPossible
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.codes import ALPHABET
from aanchal.core.rows import insert, new

LINK_HOURS = 72
TRIES = 5
NONCE = 12
WORDS_OF_PASSPHRASE = 4


@dataclass(frozen=True)
class ReferralDetails:
    party: str
    support: str
    reason: str
    words: str
    """What the receiver is told: never her name."""
    receiver: User | None = None
    organisation: str = ""
    is_transfer: bool = False
    with_identity: bool = False


@action
def refer(*, case: Case, details: ReferralDetails, at: datetime, by) -> Referral:
    """Raises NotPossible: consent_missing, not_live, not_assigned, transfer_needs_account, assigned_already."""
    if not case.is_live:
        raise NotPossible("not_live")
    if not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING):
        raise NotPossible("not_assigned")
    if details.is_transfer and details.receiver is None:
        raise NotPossible("transfer_needs_account")
    if details.receiver and queries.people_of(case, at).filter(user=details.receiver, capacity__in=queries.LEADING).exists():
        raise NotPossible("assigned_already")
    if queries.withdrawal(case):
        raise NotPossible("keeping_withdrawn")
    told_to = (details.party, details.organisation, at)
    consent = _consent(case, terms.ConsentPurpose.REFER, *told_to)
    if details.with_identity:
        _consent(case, terms.ConsentPurpose.IDENTITY, *told_to)
    told = {name: value for name, value in vars(details).items() if name != "words"}
    referral = new(Referral, case=case, place_no=case.place_no, consent=consent, sent_at=at, sent_by=by, **told)
    referral.seal({"words": details.words})
    insert(referral)
    trail.write("cases.referral.sent", about=case, party=details.party, transfer=details.is_transfer)
    if details.receiver:
        telling.tell([details.receiver.pk], about=referral.pk, at=at, by=by)
    facts.announce(ReferralSent(referral, at, by))
    return referral


@action
def read(*, referral: Referral, by) -> dict[str, str]:
    """What she is told before she may see the case; that it was read is on the trail."""
    trail.write("cases.referral.read", about=referral)
    with acting(SYSTEM):  # who is asked reads the referral before she may see the case
        plain = pseudonyms.without_old(referral.case)
    return {name: plain(words) for name, words in referral.told().items()}


@action
def accept(*, referral: Referral, at: datetime, by) -> Referral:
    """The receiver takes it up: she sees the case until the consent ends, or works on it from now on. Raises NotPossible."""
    referral = _answer(referral, terms.ReferralState.ACCEPTED, at, by)
    capacity = terms.Capacity.WORKER if referral.is_transfer else terms.Capacity.REFERRED
    ends = _may_accept(referral, capacity)
    if referral.is_transfer and Assignment.objects.filter(case=referral.case_id, user=by, capacity=capacity, until=None).exists():
        raise NotPossible("assigned_already")
    told = {"user": by, "capacity": capacity, "since": at, "sees_identity": referral.with_identity, "by": by, "referral": referral}
    until = None if referral.is_transfer else _end_of(ends)
    insert(new(Assignment, case_id=referral.case_id, place_no=referral.place_no, until=until, why="referral accepted", **told))
    if referral.is_transfer:
        left = Assignment.objects.filter(queries.live(at), case=referral.case_id, capacity__in=["WORKER", "REFERRED"]).exclude(user=by)
        assigning.end(left, at=at, by=by)
    return referral


@action
def decline(*, referral: Referral, at: datetime, by) -> Referral:
    return _answer(referral, terms.ReferralState.DECLINED, at, by)


@action
def give_back(*, referral: Referral, at: datetime, by) -> Referral:
    """Accepted, and returned: from now on she sees nothing of the case. Raises NotPossible."""
    if referral.is_transfer:
        raise NotPossible("referral_state")
    referral = _answer(referral, terms.ReferralState.RETURNED, at, by)
    assigning.end(Assignment.objects.filter(queries.live(at), referral=referral, user=by), at=at, by=by)
    return referral


@action
def withdraw(*, referral: Referral, at: datetime, by) -> Referral:
    """Its consent was taken back. Raises NotPossible."""
    referral = _end(referral, terms.ReferralState.WITHDRAWN, at, by)
    trail.write("cases.referral.withdrawn", about=referral.case)
    return referral


@action
def take_back(*, referral: Referral, at: datetime, by) -> Referral:
    """Who leads the case asks no longer, or ends what is shared: nobody answered, or the help is over. Raises NotPossible."""
    referral = _led(referral, at, by)
    if referral.is_transfer and referral.state == terms.ReferralState.ACCEPTED:
        raise NotPossible("referral_state")
    referral = _end(referral, terms.ReferralState.RECALLED, at, by)
    trail.write("cases.referral.recalled", about=referral.case)
    return referral


@action
def note_answer(*, referral: Referral, state: str, at: datetime, by) -> Referral:
    """What an agency without an account answered, as who leads the case was told. Raises NotPossible."""
    referral = _led(referral, at, by)
    if referral.receiver_id or state not in rules.NOTED:
        raise NotPossible("referral_state")
    referral.state, referral.answered_at = rules.answered(referral.state, state), at
    referral.save(update_fields=["state", "answered_at"])
    if state == terms.ReferralState.DECLINED:
        shut_links(SealedLink.objects.filter(referral=referral), at=at)
    trail.write("cases.referral.answered", about=referral, answer=state)
    return referral


def shut_links(links, *, at: datetime) -> int:
    """They open nothing any more, and nothing of what they held is kept."""
    return links.exclude(content=None).update(content=None, expires_at=at)


@dataclass(frozen=True)
class Handed:
    """What the worker tells the receiver, by two different ways. Neither is kept."""

    token: str
    passphrase: str
    expires_at: datetime


@action
def make_link(*, referral: Referral, identity: dict[str, str], at: datetime, by) -> Handed:
    """For a receiver without an account; anew where nobody opened the first in time. `identity`: what she agreed to. Raises NotPossible."""
    if referral.receiver_id or referral.state != terms.ReferralState.SENT:
        raise NotPossible("referral_state")
    if identity and not referral.with_identity:
        raise NotPossible("consent_missing")
    before = SealedLink.objects.select_for_update().filter(referral=referral).first()
    if before and (before.opened_at or (before.content is not None and before.expires_at > at)):
        raise NotPossible("link_stands")
    token, passphrase, salt = secrets.token_urlsafe(24), _passphrase(), os.urandom(16)
    expires_at = min(at + timedelta(hours=LINK_HOURS), _end_of(_until(referral, at)))
    said = pseudonyms.without_old(referral.case)(referral.told().get("words", ""))
    told = {"code": referral.case.shown_code, "support": referral.support, "words": said, "identity": identity}
    content = _seal(told, _key(passphrase, salt))
    hashed = {"token_hash": hash_of(token), "salt": salt, "content": content}
    if before:
        SealedLink.objects.filter(pk=before.pk).update(**hashed, expires_at=expires_at, tries_left=TRIES)
    else:
        insert(new(SealedLink, referral=referral, case=referral.case, place_no=referral.place_no, expires_at=expires_at, **hashed))
    trail.write("cases.link.made", about=referral.case)
    return Handed(token, passphrase, expires_at)


@action
def open_link(*, token: str, passphrase: str, at: datetime, by) -> dict:
    """Once, before it expires, with the passphrase; five wrong ones end it. Raises NotPossible, alike for every reason but a wrong word."""
    link = SealedLink.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if link is None or link.content is None or link.expires_at <= at:
        raise NotPossible("link_gone")
    told = _open(bytes(link.content), _key(passphrase, bytes(link.salt)))
    link.tries_left -= 1
    if told is not None or not link.tries_left:
        link.content = None
        link.opened_at = at if told is not None else None
    link.save(update_fields=["tries_left", "content", "opened_at"])
    trail.write("cases.link.opened" if told is not None else "cases.link.refused", about=link.referral)
    if link.content is None:
        telling.tell([link.referral.sent_by_id], about=link.pk, at=at, by=by)
    return told or {}


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _answer(referral: Referral, to: str, at: datetime, by) -> Referral:
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.receiver_id != by.pk:
        raise NotPossible("referral_state")
    referral.state = rules.answered(referral.state, to)
    if to == terms.ReferralState.RETURNED:
        referral.ended_at = at
    else:
        referral.answered_at = at
    referral.save(update_fields=["state", "answered_at", "ended_at"])
    trail.write("cases.referral.answered", about=referral, answer=to)
    telling.tell([referral.sent_by_id], about=referral.pk, at=at, by=by)
    return referral


def _led(referral: Referral, at: datetime, by) -> Referral:
    """For who leads its case."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    case = queries.case(by, referral.case_id, at)
    if case is None or not queries.may(by, case, Permission.CASE_WORK, at, *queries.LEADING):
        raise NotPossible("not_assigned")
    return referral


def _end(referral: Referral, to: str, at: datetime, by) -> Referral:
    """The shared access ends at once, the sealed link opens nothing any more; who had it, or was asked, hears that something changed."""
    referral.state, referral.ended_at = rules.answered(referral.state, to), at
    referral.save(update_fields=["state", "ended_at"])
    assigning.end(Assignment.objects.filter(queries.live(at), referral=referral), at=at, by=by)
    shut_links(SealedLink.objects.filter(referral=referral), at=at)
    if referral.receiver_id:
        telling.tell([referral.receiver_id], about=referral.pk, at=at, by=by)
    return referral


def _until(referral: Referral, at: datetime) -> date:
    """The last day of what she agreed to: that this party is asked and, where her name goes along, that it is told. Raises NotPossible."""
    if not queries.as_rule(referral.consent).lives(day_in_india(at)):
        raise NotPossible("consent_missing")
    if not referral.with_identity:
        return referral.consent.until
    named = _consent(referral.case, terms.ConsentPurpose.IDENTITY, referral.party, referral.organisation, at)
    return min(referral.consent.until, named.until)


def _consent(case: Case, purpose: str, party: str, organisation: str, at: datetime) -> CaseConsent:
    consents = queries.consents_of(case)
    living = rules.consent_for([told for _, told in consents], purpose, party, day_in_india(at), organisation)
    if living is None:
        raise NotPossible("consent_missing")
    return next(row for row, told in consents if told is living)


def _may_accept(referral: Referral, capacity: str):
    """The day the consent ends, when it lives: asked of the database, for the consent is not hers to read yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_may_accept(%s, %s, %s, %s), cases_consent_ends(%s)",
            [referral.pk, referral.case_id, capacity, referral.with_identity, referral.pk],
        )
        may, ends = cursor.fetchone()
    if not may:
        raise NotPossible("consent_missing")
    return ends


def _end_of(day) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=INDIA).astimezone(UTC)


def _passphrase() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(WORDS_OF_PASSPHRASE))


def _key(passphrase: str, salt: bytes) -> bytes:
    plain = "".join(letter for letter in passphrase.upper() if letter.isalnum())
    return hashlib.scrypt(plain.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _seal(told: dict, key: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(told, ensure_ascii=False).encode(), b"case link")


def _open(sealed: bytes, key: bytes) -> dict | None:
    try:
        return json.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], b"case link"))
    except InvalidTag:
        return None
