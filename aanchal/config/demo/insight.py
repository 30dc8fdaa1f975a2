"""The demo's indicators: the months since two quarters, a target, a release made public, a review, a table, a story."""

import io
from datetime import date, datetime
from decimal import Decimal

from PIL import Image, ImageDraw

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.insight import actions, changing, computing, keeping, releasing, reviewing, rules, storying
from aanchal.insight.models import Release
from aanchal.insight.storying import Told
from aanchal.places import queries as places
from aanchal.places.models import Place

QUARTERS_BEFORE = -6
"""Months: the older quarter is published, the newer is left to be drafted."""


def load(*, state: Place, users: dict[str, User], at: datetime) -> None:
    month = rules.month_of(day_in_india(at))
    first = rules.month_after(rules.quarter_of(month), QUARTERS_BEFORE)
    with acting(SYSTEM):
        one = first
        while one <= month:
            computing.compute(month=one, at=at, by=SYSTEM)
            one = rules.month_after(one)
        changing.compare(month=month, at=at, by=SYSTEM)
    expert = users["state_expert"]
    with acting(expert):
        actions.set_target(place=state, code="TRK01", month=month, value=Decimal(80), at=at, by=expert)
    publish(starts_on=first, analyst=users["analyst"], second=users["second_analyst"], at=at)
    _tell_a_story(writer=users["block_officer"], second=users["district_manager"], month=month, at=at)
    _review(state, expert, month, at)


def _tell_a_story(*, writer: User, second: User, month: date, at: datetime) -> None:
    """Of the block, published by the district; of nobody."""
    place = writer.postings.get().place
    told = Told(
        first=rules.month_after(month, -1), last=month, title="The helpline on market day",
        text="On four market days the Village Organisation kept a stall by the bus stand: what to ask before a job far away, and 1098.\n"
        "Women who had never come to a meeting stopped there, because they come to the market anyway.",
        lesson="Go where people are on the day they are there; a board with the number stays when the stall is gone.",
        photo=_drawn(), photo_words="The stall beside the bus stand, drawn", has_no_face=True,
    )  # fmt: skip
    with acting(writer):
        story = storying.submit(story=storying.write(place=place, told=told, at=at, by=writer), by=writer)
    with acting(second):
        storying.decide(story=story, publish=True, nobody_recognised=True, note="Nobody is named or shown.", at=at, by=second)


def _drawn() -> bytes:
    """A picture of nobody."""
    picture = Image.new("RGB", (480, 270), "#d3e6f3")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 200, 480, 270), fill="#efe8da")
    draw.rectangle((130, 130, 350, 210), fill="#ffb81f")
    draw.polygon(((110, 130), (370, 130), (330, 80), (150, 80)), fill="#4c2f8a")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _review(state: Place, expert: User, month: date, at: datetime) -> None:
    """Ready, of the state; and a table that the expert shares."""
    asked = {"indicators": ["PRV09", "PRV10"], "level": "DISTRICT", "last": "", "months": 3, "span": "MONTH", "breakdown": "NONE"}
    with acting(expert):
        review = reviewing.ask(place=state, month=month, at=at, by=expert)
        keeping.keep_table(place=state, title="Survey and risk by district", asked=asked, is_shared=True, at=at, by=expert)
    with acting(SYSTEM):
        while not review.is_ready:
            reviewing.take_step(review=review, at=at, by=SYSTEM)


def second_quarter(at: datetime) -> date:
    """The one that is computed and has no release yet."""
    return rules.month_after(rules.quarter_of(day_in_india(at)), QUARTERS_BEFORE + 3)


def drafted(*, starts_on: date, analyst: User, at: datetime) -> Release:
    """And attacked."""
    with acting(analyst):
        told = {"title": "Missing and migrating", "measures": ["migrations", "missing"], "starts_on": starts_on}
        release = releasing.draft(place=places.nation(), at=at, by=analyst, **told)
    return releasing.prepare(release=release, by=SYSTEM)


def publish(*, starts_on: date, analyst: User, second: User, at: datetime) -> Release:
    """As the two of them do it, with the program between them."""
    release = drafted(starts_on=starts_on, analyst=analyst, at=at)
    with acting(analyst):
        releasing.submit(release=release, by=analyst)
    with acting(SYSTEM):
        tables = releasing.rows_of(release)
    with acting(second):
        return releasing.decide(release=release, publish=True, note="", at=at, by=second, tables=tables)
