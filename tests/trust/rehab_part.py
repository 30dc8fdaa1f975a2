"""What rehabilitation adds to the world: two cases with their workers, and a row in each of its tables."""

import secrets
from datetime import timedelta

from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import queries as benefits
from aanchal.benefits.models import Cbo
from aanchal.cases import consenting
from aanchal.cases.consenting import ConsentDetails
from aanchal.cases.models import Assignment, Case
from aanchal.core.codes import ALPHABET
from aanchal.core.rows import insert
from aanchal.rehab import benefiting, catalogue, counselling, leading, learning, own, readiness, repatriating, returning
from aanchal.rehab.terms import Gate

PIN = "480271"
SAID = "Plantedsorrow of Chandrakala Planted"


def fill(world) -> None:
    """Everything through the actions, as the people who do it."""
    worker, counsellor = world.post("case_worker", world.here.district), world.post("counsellor", world.here.district)
    supervisor = world.post("counselling_supervisor", world.here.district)
    world.staff |= {"case_worker": worker, "counsellor": counsellor, "counselling_supervisor": supervisor}
    case = _case(world, worker, counsellor)
    counsel(case, worker, counsellor, supervisor)
    learn(case, worker)
    benefit(case, worker)
    go_home(world, case, worker)
    lead(world, case, worker)
    go_abroad(_case(world, worker, counsellor, citizenship="BD"), worker)


def _case(world, *people, citizenship: str = "IN") -> Case:
    now = timezone.now() - timedelta(days=60)
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    with acting(SYSTEM):
        case = Case(
            code=code, place=world.here, place_no=world.here.place_no, opened_on=policy.day_in_india(now), opened_at=now,
            opened_by=people[0], gender="FEMALE", years=24, is_child=False, citizenship=citizenship,
        )  # fmt: skip
        insert(case)
        told = {"case": case, "place_no": case.place_no, "capacity": "WORKER", "since": now, "why": "a test", "by": people[0]}
        for user in people:
            insert(Assignment(user=user, **told))
    return case


def counsel(case: Case, worker, counsellor, supervisor) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    with acting(supervisor):
        row = counselling.recruit(user=counsellor, place=case.place, on=day, at=now, by=supervisor)
        for module, hours in (("LISTENING", 40), ("LAW", 20), ("RISK", 10), ("PRACTICE", 60)):
            counselling.train(counsellor=row, module=module, hours=hours, on=day, at=now, by=supervisor)
    with acting(counsellor):
        counselling.hold(case=case, kind="ALONE", on=day, minutes=45, notes=SAID, at=now, by=counsellor)
    for nth, gate in enumerate(Gate):
        by = counsellor if gate == Gate.COUNSELLOR else worker
        with acting(by):
            told = {"gate": gate, "is_open": True, "note": SAID, "on": day, "at": now + timedelta(seconds=nth), "by": by}
            readiness.decide(case=case, **told)
    with acting(worker):
        readiness.start(case=case, at=now, by=worker)


def learn(case: Case, worker) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    with acting(worker):
        told = {"interests": ["MACHINES"], "strengths": ["FEARLESS"], "surroundings": "TOWN"}
        learning.tell_leaning(case=case, on=day, by=worker, **told)
        one = learning.enrol(case=case, kind="SKILLING", trade="welding", agency=None, on=day, at=now, by=worker)
        learning.attend(learning=one, month=day, held=1, present=1, at=now, by=worker)


def benefit(case: Case, worker) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    explained = {"giver": "SELF", "explained": "SPOKEN", "language": "hi", "told": ("WHY", "WITHDRAW", "REFUSE")}
    with acting(worker):
        told = ConsentDetails(purpose="SUPPORT", until=day, **explained)
        consenting.record_consent(case=case, details=told, on=day, at=now, by=worker)
        benefiting.apply(case=case, code=benefits.schemes_in_force(day)[0].code, on=day, at=now, by=worker)


def go_home(world, case: Case, worker) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    good = {"family_implicated": "NO", "family_safe": "YES", "family_willing": "YES", "is_threatened": False}
    with acting(SYSTEM):
        cbo = Cbo(kind="CLF", name="Ujala CLF", place=world.here.block, place_no=world.here.block.place_no)
        insert(cbo)
    with acting(world.officer):
        keys = [one["key"] for one in catalogue.maturity(day).criteria]
        mature = returning.assess_cbo(cbo=cbo, met=keys, on=day, at=now, by=world.officer)
    told = {"on": day, "at": now, "by": worker}
    with acting(worker):
        back = returning.plan(case=case, to="FAMILY", at=now, by=worker)
        returning.hear(back=back, wish="YES", is_heard_alone=True, **told)
        returning.assess(back=back, found=good, community=mature, note=SAID, **told)
        returning.go(back=back, **told)


def lead(world, case: Case, worker) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    told = {"place": world.here.district, "fields": ["MIGRATION"], "called": leading.Called("Chandrakala Planted", "9812345678")}
    with acting(worker):
        link = leading.choose(case=case, chose_on=day, at=now, by=worker, **told)
        leading.engage(person=link.person, field="MIGRATION", on=day, hours=2, honorarium_paise=500_00, at=now, by=worker)
        own.set_pin(case=case, pin=PIN, at=now, by=worker)
        own.ask_correction(case=case, words=SAID, at=now, by=worker)


def go_abroad(case: Case, worker) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    with acting(worker):
        one = repatriating.begin(case=case, country="BD", on=day, at=now, by=worker)
        repatriating.step(repatriation=one, key="wish", on=day, number=SAID, at=now, by=worker)


def ids(world) -> dict:
    """For the addresses of the URL matrix."""
    from aanchal.rehab.models import (
        Correction,
        Counsellor,
        Engagement,
        FollowUp,
        Learning,
        OwnBenefit,
        Repatriation,
        ResourcePerson,
        Return,
        Session,
    )

    here = {"place_no": world.here.place_no}
    counsellor = world.staff["counsellor"]
    person = ResourcePerson.objects.get(place=world.here.district, by=world.staff["case_worker"])
    return {
        ("rehabilitation/case/", "pk"): Return.objects.get(**here).case_id,
        ("rehabilitation/course/", "pk"): Learning.objects.get(**here).pk,
        ("rehabilitation/benefit/", "pk"): OwnBenefit.objects.get(**here).pk,
        ("rehabilitation/session/", "pk"): Session.objects.get(**here).pk,
        ("rehabilitation/return/", "pk"): Return.objects.get(**here).pk,
        ("rehabilitation/visit/", "pk"): FollowUp.objects.filter(**here).first().pk,
        ("rehabilitation/repatriation/", "pk"): Repatriation.objects.get(**here).pk,
        ("rehabilitation/correction/", "pk"): Correction.objects.get(**here).pk,
        ("counsellors/", "pk"): Counsellor.objects.get(user=counsellor).pk,
        ("counsellors/session/", "pk"): Session.objects.get(**here).pk,
        ("resource-people/", "pk"): person.pk,
        ("resource-people/done/", "pk"): Engagement.objects.get(person=person).pk,
    }
