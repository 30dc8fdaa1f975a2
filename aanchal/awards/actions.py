"""Everything that happens to an award: criteria, rounds, nominations, the panel, scores, the decision, citations, what is public."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.awards import queries, rules
from aanchal.awards.models import Award, Criteria, Declaration, Member, Nomination, OpenAward, Round, Score
from aanchal.awards.rules import Refused
from aanchal.awards.terms import NominationState, Stage, Standing
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.library.actions import open_file
from aanchal.library.models import Document, Version
from aanchal.places.terms import Level

SHIPPED = Path(__file__).with_name("criteria.yaml")


@dataclass(frozen=True)
class Plan:
    """Of a round."""

    year: int
    category: str
    opens_on: date
    closes_on: date
    most_awards: int = 1
    least_scores: int = rules.LEAST_SCORES


@dataclass(frozen=True)
class Case:
    """Why a nominee is nominated, and what shows it: words, a document of the library, or both."""

    reasons: str
    evidence: str = ""
    document: Document | None = None


@action
def load_criteria(*, at: datetime, by) -> int:
    """Each shipped version that the database does not know yet."""
    known = set(Criteria.objects.values_list("category", "version"))
    fresh = [
        new(Criteria, category=category, version=one["version"], lines=lines, source=one["source"], by_id=None, at=at)
        for one in yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
        for category, lines in one["categories"].items()
        if (category, one["version"]) not in known
    ]
    insert(*fresh)
    return len(fresh)


@action
def publish_criteria(*, category: str, lines: Sequence[Mapping[str, Any]], source: str, at: datetime, by) -> Criteria:
    """A new version, for rounds that are not announced yet. `lines`: weight and titles. Raises Refused."""
    rules.check_weights([line["weight"] for line in lines])
    last = queries.criteria(category).first()
    told = [{"key": f"c{nth}", "weight": line["weight"], "titles": line["titles"]} for nth, line in enumerate(lines, 1)]
    row = new(
        Criteria, category=category, version=last.version + 1 if last else 1, lines=told, source=rules.check_words("source", source, 200),
        by_id=by.pk, at=at,
    )  # fmt: skip
    insert(row)
    trail.write("awards.criteria.published", about=row, category=category, version=row.version)
    return row


@action
def draft(*, plan: Plan, at: datetime, by) -> Round:
    """Raises Refused."""
    rules.check_days(plan.opens_on, plan.closes_on, day_in_india(at))
    row = new(Round, criteria=queries.criteria(plan.category)[0], made_by_id=by.pk, made_at=at, **vars(plan))
    _once(row, "category", "round_already")
    trail.write("awards.round.drafted", about=row, year=plan.year, category=plan.category)
    return row


@action
def announce(*, of: Round, at: datetime, by) -> Round:
    """From here on criteria, days and numbers stay; the newest version of the criteria is fixed. Raises Refused if too late."""
    one = _locked(of)
    if one.standing != Standing.DRAFT:
        raise Refused([("", "announced_already")])
    rules.check_days(one.opens_on, one.closes_on, day_in_india(at))
    one.criteria, one.standing, one.announced_at = queries.criteria(one.category)[0], Standing.ANNOUNCED, at
    one.save(update_fields=["criteria", "standing", "announced_at"])
    trail.write("awards.round.announced", about=one, version=one.criteria.version)
    return one


@action
def nominate(*, of: Round, nominee: UUID, case: Case, at: datetime, by) -> Nomination:
    """A line of the directory where this person nominates, while the round is open. Raises Refused."""
    _at_stage(of, Stage.OPEN, "not_open", at)
    line = next((one for one in queries.lines(of.category, str(nominee)) if one.id == nominee), None)
    if line is None:
        raise Refused([("nominee", "not_of_the_directory")])
    if queries.is_barred(line.id, day_in_india(at)):
        raise Refused([("nominee", "blacklisted")])
    if not case.evidence.strip() and case.document is None:
        raise Refused([("evidence", "evidence_needed")])
    place = line.place
    state = place.pk if place.level == Level.STATE else place.state_id
    row = new(
        Nomination, round=of, nominee_id=line.id, place=place, place_no=place.place_no, name=line.name, kind=line.kind, state_id=state,
        reasons=rules.check_words("reasons", case.reasons, 3_000),
        evidence=case.evidence.strip()[:3_000], document=case.document, nominated_by_id=by.pk, nominated_at=at,
    )  # fmt: skip
    _once(row, "nominee", "nominated_already")
    trail.write("awards.nomination.made", about=row, round=of.key)
    return row


@action
def withdraw(*, nomination: Nomination, words: str, at: datetime, by) -> Nomination:
    """Until nominations close. Raises Refused."""
    row = _nomination(nomination)
    _at_stage(row.round, Stage.OPEN, "closed", at)
    row.standing, row.withdrawn_words = NominationState.WITHDRAWN, rules.check_words("words", words, 300)
    row.save(update_fields=["standing", "withdrawn_words"])
    trail.write("awards.nomination.withdrawn", about=row)
    return row


@action
def record_consent(*, nomination: Nomination, words: str, at: datetime, by) -> Nomination:
    """The officer says that her name may be told, and how she said so. Raises Refused."""
    row = _nomination(nomination)
    if not row.is_person:
        raise Refused([("", "needs_no_consent")])
    row.consented_on, row.consent_words = day_in_india(at), rules.check_words("words", words, 300)
    row.save(update_fields=["consented_on", "consent_words"])
    trail.write("awards.consent.recorded", about=row)
    _show(row)
    return row


@action
def take_back_consent(*, nomination: Nomination, at: datetime, by) -> Nomination:
    """At any time: what is public loses the name, and the citation that says it."""
    row = _nomination(nomination)
    row.consented_on, row.consent_words = None, ""
    row.save(update_fields=["consented_on", "consent_words"])
    trail.write("awards.consent.taken_back", about=row)
    _show(row)
    return row


@action
def appoint(*, of: Round, user, at: datetime, by) -> Member:
    """To the panel, until it is decided. Raises Refused: nobody appoints herself, and a post must allow it."""
    if of.standing == Standing.DECIDED:
        raise Refused([("", "decided_already")])
    if by.pk == user.pk:
        raise Refused([("user", "own_panel")])
    if not queries.may_sit(day_in_india(at)).filter(pk=user.pk).exists():
        raise Refused([("user", "may_not_sit")])
    row = new(Member, round=of, user=user, appointed_by_id=by.pk, appointed_at=at)
    _once(row, "user", "sits_already")
    trail.write("awards.member.appointed", about=row, round=of.key)
    return row


@action
def declare(*, nomination: UUID, has_interest: bool, words: str, at: datetime, by) -> Declaration:
    """No interest, or an interest with its reason; which then stands. Raises Refused."""
    one, between = _before_me(nomination, at, by)
    if not has_interest and rules.found(between):
        raise Refused([("", "interest_found")])
    said = rules.check_words("words", words, 300) if has_interest else ""
    row = queries.own_declaration(nomination, by)
    if row is not None and (row.has_interest or not has_interest):
        raise Refused([("", "declared_already")])
    if row is None:
        row = new(Declaration, nomination_id=nomination, user_id=by.pk, has_interest=has_interest, words=said, at=at)
        insert(row)
    else:
        row.has_interest, row.words, row.at = True, said, at
        row.save(update_fields=["has_interest", "words", "at"])
    trail.write("awards.interest.declared" if has_interest else "awards.interest.none", about=row, round=one.key)
    return row


@action
def score(*, nomination: UUID, points: Mapping[str, int], at: datetime, by) -> Score:
    """Of a nominee she is clear of, after nominations closed; corrected until it is decided. Raises Refused."""
    one, between = _before_me(nomination, at, by)
    if rules.interests(between):
        raise Refused([("", "has_interest")])
    if not rules.is_clear(between):
        raise Refused([("", "declare_first")])
    rules.check_points(points, one.criteria.weights.keys())
    row = queries.own_score(nomination, by)
    if row is None:
        row = new(Score, nomination_id=nomination, user_id=by.pk, points=dict(points), at=at)
        insert(row)
    else:
        row.points, row.at = dict(points), at
        row.save(update_fields=["points", "at"])
    trail.write("awards.nominee.scored", about=row, round=one.key)
    return row


@action
def read_evidence(*, nomination: UUID, version: Version, by) -> bytes:
    """The file of the document that a nomination stands on; the reading is on the trail."""
    trail.write("awards.evidence.read", about=Nomination(pk=nomination))
    return open_file(version=version, by=by)


@action
def decide(*, of: Round, chosen: Collection[UUID], words: str, at: datetime, by) -> list[Award]:
    """By one who neither nominated nor sits in the panel, and is bound to no nominee. Keeps the ranking as it stands. Raises Refused."""
    one = _locked(of)
    _at_stage(one, Stage.JUDGED, "decided_already" if one.standing == Standing.DECIDED else "not_closed", at)
    if queries.sits(one, by) or one.nominations.filter(nominated_by_id=by.pk).exclude(nominated_by=None).exists():
        raise Refused([("", "took_part")])
    if queries.bound_by(one, by):
        raise Refused([("", "has_interest")])
    ranked, on = queries.ranked(one), day_in_india(at)
    rules.check_chosen([str(pk) for pk in chosen], ranked, one.most_awards, words)
    rows = [row for row in queries.stand(one) if row.pk in set(chosen)]
    if any(queries.is_barred(row.nominee_id, on) for row in rows):
        raise Refused([("chosen", "blacklisted")])
    if not all(queries.line_stands(row) for row in rows):
        raise Refused([("chosen", "not_of_the_directory")])
    one.standing, one.decided_by_id, one.decided_at, one.decide_words = Standing.DECIDED, by.pk, at, words.strip()[:1_000]
    one.ranking = [
        {"nomination": each.nomination, "rank": each.rank, "points": rules.shown(each.points) or None, "scores": each.scores}
        for each in ranked
    ]
    one.save(update_fields=["standing", "decided_by", "decided_at", "decide_words", "ranking"])
    places = {each.nomination: nth for nth, each in enumerate(ranked)}
    rows.sort(key=lambda row: places[str(row.pk)])
    given = [
        new(Award, nomination=row, place_no=row.place_no, number=f"{one.year}/{one.category}/{nth}", given_on=on)
        for nth, row in enumerate(rows, 1)
    ]  # fmt: skip
    insert(*given)
    trail.write("awards.round.decided", about=one, awards=len(given), nominees=len(ranked))
    return given


@action
def cite(*, award: Award, english: str, hindi: str, by) -> Award:
    """What it is given for, in both languages, before it is published. Raises Refused: also for a name without consent."""
    row = _award(award)
    if row.published_at is not None:
        raise Refused([("", "published_already")])
    english, hindi = rules.check_words("citation_en", english, 1_500), rules.check_words("citation_hi", hindi, 1_500)
    rules.check_citation(english, hindi, _unnamed(row.nomination))
    row.citation_en, row.citation_hi, row.cited_by_id = english, hindi, by.pk
    row.save(update_fields=["citation_en", "citation_hi", "cited_by"])
    trail.write("awards.award.cited", about=row)
    return row


@action
def publish(*, award: Award, at: datetime, by) -> Award:
    """Told to everyone, by another than who wrote the citation. Raises Refused: blacklisted since, a name whose consent is gone."""
    row = _award(award)
    if row.published_at is not None:
        raise Refused([("", "published_already")])
    if not row.citation_en:
        raise Refused([("", "no_citation")])
    if row.cited_by_id == by.pk:
        raise Refused([("", "own_citation")])
    if queries.is_barred(row.nomination.nominee_id, day_in_india(at)):
        raise Refused([("", "blacklisted")])
    rules.check_citation(row.citation_en, row.citation_hi, _unnamed(row.nomination))
    row.published_by_id, row.published_at = by.pk, at
    row.save(update_fields=["published_by", "published_at"])
    insert(_open(row))
    trail.write("awards.award.published", about=row)
    return row


@action
def revoke(*, award: Award, why: str, at: datetime, by) -> Award:
    """It is given no more, and the public list tells it no more. Raises Refused."""
    row = _award(award)
    row.revoked_on, row.why_revoked = day_in_india(at), rules.check_words("why", why, 300)
    OpenAward.objects.filter(pk=row.pk).delete()
    row.save(update_fields=["revoked_on", "why_revoked"])
    trail.write("awards.award.revoked", about=row)
    return row


def _show(nomination: Nomination) -> None:
    """What is public of it follows the consent."""
    award = Award.objects.filter(nomination=nomination, revoked_on=None).exclude(published_at=None).first()
    if award is not None:
        award.nomination = nomination
        told = _open(award)
        names = ("name", "citation_en", "citation_hi")
        OpenAward.objects.filter(pk=award.pk).update(**{name: getattr(told, name) for name in names})


def _open(award: Award) -> OpenAward:
    row = award.nomination
    unnamed = _unnamed(row)
    is_told = not any(unnamed and rules.names(text, unnamed) for text in (award.citation_en, award.citation_hi))
    place = row.state or row.place if row.is_person else row.place
    return OpenAward(
        id=award.pk, place_no=row.place_no, year=row.round.year, category=row.round.category, number=award.number, given_on=award.given_on,
        name=row.name if row.may_be_named else "", place_names={"en": place.name} | place.names,
        citation_en=award.citation_en if is_told else "", citation_hi=award.citation_hi if is_told else "",
    )  # fmt: skip


def _unnamed(nomination: Nomination) -> str:
    """The name that may not be told; nothing where it may."""
    return "" if nomination.may_be_named else nomination.name


def _before_me(nomination: UUID, at: datetime, by) -> tuple[Round, rules.Facts]:
    """The round and what stands between a member and a nominee. Raises Refused."""
    one = queries.round_of(nomination)
    if one is None:
        raise Refused([("", "not_before_you")])
    _at_stage(one, Stage.JUDGED, "not_closed", at)
    return one, queries.facts(one, [by.pk], nomination)[nomination, by.pk]


def _at_stage(one: Round, stage: Stage, code: str, at: datetime) -> None:
    if one.stage(day_in_india(at)) != stage:
        raise Refused([("", code)])


def _locked(one: Round) -> Round:
    """Its row, for this transaction alone. Raises Refused where it is not this person's to change."""
    found = Round.objects.select_for_update(of=("self",)).select_related("criteria").filter(pk=one.pk).first()
    if found is None:
        raise Refused([("", "not_there")])
    return found


def _nomination(one: Nomination) -> Nomination:
    found = Nomination.objects.select_for_update(of=("self",)).select_related("round", "place", "state").filter(pk=one.pk).first()
    if found is None or found.standing != NominationState.STANDS:
        raise Refused([("", "not_there")])
    return found


def _award(one: Award) -> Award:
    found = Award.objects.select_for_update(of=("self",)).filter(pk=one.pk, revoked_on=None).first()
    if found is None:
        raise Refused([("", "not_there")])
    found.nomination = Nomination.objects.select_related("round", "place", "state").get(pk=found.nomination_id)
    return found


def _once(row, field: str, code: str) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([(field, code)]) from twice

