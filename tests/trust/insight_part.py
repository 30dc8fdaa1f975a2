"""What insight adds to the world: a month computed, a release that waits, a comparison, a review, a table, a story; what is counted."""

import io
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from PIL import Image

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core.rows import insert
from aanchal.insight import computing, keeping, releasing, reviewing, rules, storying
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Comparison, Release, Review, SavedTable, Story
from aanchal.insight.storying import Told

TABLES = {
    "blocks": "SELECT count(*) FROM places_place WHERE level = 'BLOCK' AND part_of_id IS NULL",
    "enquiries": "SELECT count(*) FROM network_enquiry",
    "enquiries_answered": "SELECT count(*) FROM network_enquiry WHERE advice <> '{}'",
    "posts": "SELECT count(*) FROM network_post WHERE abolished_on IS NULL",
    "posts_filled": "SELECT count(DISTINCT post_id) FROM network_tenure WHERE until IS NULL OR until >= current_date",
    "trainees": "SELECT count(*) FROM benefits_training",
    "trainees_placed": "SELECT count(*) FROM benefits_training WHERE placed_on IS NOT NULL AND state <> 'LEFT'",
    "children_rescued": "SELECT count(*) FROM rescue_rescued WHERE is_child",
    "cases_worked_on": "SELECT count(*) FROM cases_case WHERE state = 'ACTIVE'",
    "cases_of_children": "SELECT count(*) FROM cases_case WHERE state = 'ACTIVE' AND is_child",
    "cases_counselled": "SELECT count(*) FROM cases_case WHERE state = 'ACTIVE' AND id IN (SELECT case_id FROM rehab_session)",
    "repatriated": "SELECT count(*) FROM rehab_repatriation WHERE state = 'HANDED_OVER'",
    "budget": "SELECT coalesce(abs(sum(l.amount_paise)), 0) / 100000 FROM money_line l JOIN money_budget b ON b.id = l.budget_id"
    " WHERE b.standing = 'IN_FORCE' AND l.account = 'APPROPRIATED'",
}
"""Measures, and the same asked of the tables in another way."""


def fill(world) -> None:
    """Through the actions, but for the draft: the nation's analyst would draft it of a whole quarter."""
    now = timezone.now()
    month = rules.month_of(day_in_india(now))
    analyst = world.post("national_analyst", world.here.district)
    with acting(SYSTEM):
        computing.compute(month=month, at=now, by=SYSTEM)
    with acting(analyst):
        release = Release(
            place=world.here.district, place_no=world.here.district.place_no, title="A quarter", starts_on=rules.quarter_of(month),
            measures=["missing"], made_by=analyst, made_at=now,
        )  # fmt: skip
        insert(release)
    releasing.prepare(release=release, by=SYSTEM)
    with acting(analyst):
        releasing.submit(release=release, by=analyst)
    review_and_tell(world, month, now)


def review_and_tell(world, month, now) -> None:
    """What was compared of the district as the program would write it of its state; a review, a shared table, a story with a photo."""
    district, manager = world.here.district, world.post("district_manager", world.here.district)
    with acting(SYSTEM):
        place = {"place": district, "place_no": district.place_no}
        insert(Comparison(**place, month=month, rules=1, sets=[], changes=[], sha256="0" * 64, at=now))
    with acting(manager):
        review = reviewing.ask(place=district, month=month, at=now, by=manager)
        keeping.keep_table(place=district, title="Shared", asked={"indicators": ["TRK02"], "months": 1}, is_shared=True, at=now, by=manager)
    with acting(SYSTEM):
        while not review.is_ready:
            reviewing.take_step(review=review, at=now, by=SYSTEM)
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    told = Told(month, month, "A stall", "At the fair", "Come early", out.getvalue(), "The stall", has_no_face=True)
    with acting(manager):
        storying.submit(story=storying.write(place=district, told=told, at=now, by=manager), by=manager)


def counted() -> tuple[dict[str, int], dict[str, int]]:
    """What all measures count in two years, and what the tables say of those above."""
    today = day_in_india(timezone.now())
    with acting(SYSTEM), connection.cursor() as cursor:
        days = (today - timedelta(days=700), today)
        found = {key: sum(one.n for one in measure.tallies(*days)) for key, measure in MEASURES.items() if measure.typical is None}
        told = {}
        for key, statement in TABLES.items():
            cursor.execute(statement)
            told[key] = int(cursor.fetchone()[0])
    return found, told


def ids(world) -> dict[tuple[str, str], object]:
    here = {"place": world.here.district}
    return {
        ("insight/", "pk"): world.here.district_id,
        ("insight/<int:pk>/changed/", "pk"): world.here.state_id,
        ("insight/<int:pk>/list/", "measure"): "enquiries",
        ("insight/releases/", "pk"): Release.objects.get(**here).pk,
        ("insight/reviews/", "pk"): Review.objects.get(**here).pk,
        ("insight/tables/", "pk"): SavedTable.objects.get(**here).pk,
        ("insight/stories/", "pk"): Story.objects.get(**here).pk,
    }
