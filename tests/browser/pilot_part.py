"""A small part of the demo's pilot put into a site that serves: `python -m tests.browser.pilot_part PORT` prints what the tests ask for."""

import json
import os
import sys
from datetime import timedelta

VILLAGES = 2
STANDS_ALONE = {"FUTURE_DATE", "MISSING_REQUIRED", "UNKNOWN_VILLAGE", "WRONG_AGE", "OLD_VERSION"}
MORE_ACCOUNTS = (  # username, role, village: who signs in afresh, and who works next door
    ("neighbour", "gender_crp", 1),
    ("second_officer", "block_officer", None),
)


def load(port: int) -> dict:
    from django.utils import timezone

    from aanchal.access import policy
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import pilot, selection, show, state, submissions

    now = timezone.now()
    today = policy.day_in_india(now)
    with acting(SYSTEM):
        pilot.load_places(by=SYSTEM)
        accounts = [*pilot.open_accounts(at=now, by=SYSTEM), *_more_accounts(now)]
        tokens = pilot.enrol_phones(at=now, by=SYSTEM)
        known = {account.user.username: _known(account) for account in accounts}
    codes = [village.code for village in state.villages(state.DEMO_BLOCK.code)]
    post = _part(submissions.submissions(submissions.SEED, today), codes)
    show._post_all(pilot.by_phone(post, tokens), port)
    show.own_the_index(accounts)
    with acting(SYSTEM):
        _adopt_roadmaps(now)
        selection.load(at=now, by=SYSTEM)
        return {"accounts": known, "ids": _ids(codes)}


def _more_accounts(now) -> list:
    from aanchal.access import actions as access
    from aanchal.access.acting import SYSTEM
    from aanchal.config.accounts import new_password
    from aanchal.config.demo import pilot, state
    from aanchal.places.models import Place

    made = []
    for username, role, village in MORE_ACCOUNTS:
        near = state.villages(state.DEMO_BLOCK.code)[village or 0]
        place = Place.objects.get(lgd_code=near.code if village is not None else state.DEMO_BLOCK.code)
        password = new_password()
        user = access.create_user(username=username, name=f"Demo {username}", password=password, language="en", at=now, by=SYSTEM)
        access.post(user=user, role=role, place=place, since=pilot.OPENED_ON, by=SYSTEM)
        made.append(pilot.Account(user, role, place, password))
    return made


def _known(account) -> dict:
    from allauth.mfa.totp.internal import auth as totp

    from aanchal.access.roles import ROLES

    secret = totp.generate_totp_secret() if ROLES[account.role].needs_second_factor else ""
    if secret:
        totp.TOTP.activate(account.user, secret)
    return {"password": account.password, "secret": secret}


def _part(post: list, codes: list[int]) -> list:
    """All that two villages sent, the village where two workers stood at one door, and the slips of the whole block."""
    twins = [one.village_code for one in post if one.expectation.kind == "FAMILY_TWICE"]
    whole = {*codes[:VILLAGES]}
    if not whole & {*twins}:
        whole.add(twins[0])
    return [one for one in post if one.village_code in whole or one.expectation.kind in STANDS_ALONE]


def _adopt_roadmaps(now) -> None:
    """In the first village, 40 days ago: some of its actions are late."""
    from aanchal.access.models import User
    from aanchal.places.models import Place
    from aanchal.villages import actions

    leader = User.objects.get(username="vo_leader")
    village = Place.objects.get(pk=leader.postings.first().place_id)
    on = now.date() - timedelta(days=40)
    actions.adopt_roadmap(place=village, adopted_on=on, meeting="Monthly meeting", village_organisation="Ujala VO", at=now, by=leader)


def _ids(codes: list[int]) -> dict:
    from aanchal.access.models import User
    from aanchal.inbox.models import Submission
    from aanchal.people.models import Household
    from aanchal.places.models import Place
    from aanchal.registers.models import Entry
    from aanchal.risk.models import Appeal, Assessment, IndexDefinition
    from aanchal.selection.models import SelectionRun
    from aanchal.villages.models import RoadmapAction

    village, next_door = (Place.objects.get(lgd_code=code) for code in codes[:2])
    runs = {run.level: str(run.pk) for run in SelectionRun.objects.all()}
    worst = Assessment.objects.filter(is_current=True).order_by("-points", "pk")
    flagged = [(one.pk, {told["kind"] for told in one.faults}) for one in Submission.objects.filter(status="FLAGGED").order_by("pk")]
    return {
        "village": village.pk, "next_door": next_door.pk, "block": village.block_id, "district": village.district_id,
        "state": village.state_id, "nation": village.nation_id,
        "run": runs["DISTRICT"], "draft": runs["BLOCK"],
        "family": str(worst.filter(household__place=village).first().household_id),
        "family_next_door": str(worst.filter(household__place=next_door).first().household_id),
        "code_of_family": Household.objects.get(pk=worst.filter(household__place=village).first().household_id).shown_code,
        "entry": str(Entry.objects.filter(place=village, register="MIGRATION").order_by("pk").first().pk),
        "entry_next_door": str(Entry.objects.filter(place=next_door).order_by("pk").first().pk),
        "action": str(RoadmapAction.objects.filter(place=village).order_by("due_on", "pk").first().pk),
        "disputed": str(Appeal.objects.get().household_id), "index": IndexDefinition.objects.get(subject="HOUSEHOLD").version,
        "worker": str(User.objects.get(username="clf_leader").pk),
        "flagged": {kind: [str(pk) for pk, kinds in flagged if kind in kinds] for kind in sorted(set().union(*(k for _, k in flagged)))},
    }  # fmt: skip


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aanchal.config.settings"
    import django

    django.setup()
    print(json.dumps(load(int(sys.argv[1]))))
