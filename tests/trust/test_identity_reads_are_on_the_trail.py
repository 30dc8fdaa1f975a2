"""Whoever sees a name has left a line on the trail (shared trust.md, figure 7). Walked from the resolver."""

import re
from pathlib import Path

import pytest
from django.db import transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.terms import READINGS
from aanchal.core.models import Trail
from aanchal.people import actions as people
from aanchal.people.models import Person
from tests.trust.test_url_matrix import ADDRESSES, ids_of, values
from tests.trust.world import AGENT, GROOM, GUARDIAN, MARK, NAME, TELEPHONE, signed_in

OPENED = (NAME, GUARDIAN, TELEPHONE, AGENT, GROOM, MARK)
SHOWING = {
    "families/<uuid:pk>/names/", "registers/line/<uuid:pk>/open/", "registers/<slug:register>/names/", "registers/<slug:register>/export/",
    "review/<uuid:pk>/names/", "review/<uuid:pk>/correct/",
}  # fmt: skip


@pytest.fixture(scope="module")
def readers(world):
    return {"crp": signed_in(world.crp), "officer": signed_in(world.officer)}


def lines() -> int:
    with acting(SYSTEM):
        return Trail.objects.filter(verb__in=READINGS).count()


def asked(client, method: str, path: str) -> tuple[bool, int]:
    """Whether a name is in the answer, and how many readings it left on the trail; then undone."""
    with transaction.atomic():
        before = lines()
        answer = client.post(path, {"names": "yes"}) if method == "POST" else client.get(path)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
        written = lines() - before
        transaction.set_rollback(True)
    return any(word in body for word in OPENED), written


def shown_by(readers, world, address) -> list[tuple[str, str, int]]:
    path = f"{address.filled(values(address, ids_of(world)))}?place={world.here.pk}"
    tried = [(who, method, *asked(client, method, path)) for who, client in readers.items() for method in ("GET", "POST")]
    return [(who, method, written) for who, method, shown, written in tried if shown]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.route or "/")
def test_a_page_that_shows_a_name_writes_it_down(readers, world, address):
    shown = shown_by(readers, world, address)
    assert all(method == "POST" and written for _, method, written in shown), shown
    assert bool(shown) == (address.route in SHOWING), "a page begins or ceases to show names: say so in SHOWING"


def test_each_person_has_a_line_of_their_own(world):
    with acting(world.crp):
        persons = list(Person.objects.all())
        people.open_names(people=persons, reason="TEST", by=world.crp)
    with acting(SYSTEM):
        read = Trail.objects.filter(verb="people.identity.read", actor=world.crp.pk).values_list("about_id", flat=True)
        assert {str(person.pk) for person in persons} <= set(read)


def test_a_reading_that_fails_midway_shows_nothing_and_writes_nothing(world):
    before = lines()
    with pytest.raises(ZeroDivisionError), acting(world.crp):
        1 / len(people.open_names(people=list(Person.objects.all()), reason="TEST", by=world.crp)) / 0
    assert lines() == before


OPENERS = {
    "aanchal/people/queries.py": "names_of, read through actions.open_names",
    "aanchal/people/actions.py": "open_names writes the reading; recognising a member compares and shows nobody",
    "aanchal/registers/models.py": "texts of a line, read through actions.open_line",
    "aanchal/registers/actions.py": "open_line and correcting, both on the trail; find_by_name notes how many it read",
    "aanchal/registers/queries.py": "names_in, for find_by_name",
    "aanchal/inbox/models.py": "raw and content, read by the reviewer's page after note_opened",
    "aanchal/field/decisions.py": "a flagged form read again by the program to be applied",
    "aanchal/field/entities.py": "what leaves for a phone goes through open_names; the list's mark is made by the program and shows nobody",
    "aanchal/field/order.py": "which visit of a run a form is, read by the program",
    "aanchal/field/routing.py": "which visit of a run a form is, read by the program",
    "aanchal/field/tasks.py": "a form held back, read by the program to be applied",
    "aanchal/field/review.py": "shown to a reviewer after note_opened",
    "aanchal/config/backup.py": "tries that names of a restored copy open; shows nobody",
}
OPENING = re.compile(r"envelope\.opened\(|\bnames_of\(|\bnames_in\(|\.raw\(\)|\.texts\(\)|\.content\(\)")


def test_names_are_opened_in_these_files_and_no_other():
    """What no page walks (the command line, jobs) is held to it by its source."""
    opening = {str(path) for path in Path("aanchal").rglob("*.py") if OPENING.search(path.read_text()) and path.name != "envelope.py"}
    assert opening - OPENERS.keys() == set()
