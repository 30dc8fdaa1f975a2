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
    "review/<uuid:pk>/names/", "review/<uuid:pk>/correct/", "finding/<uuid:pk>/open/", "finding/found/<uuid:pk>/open/",
    "touch/journeys/<uuid:pk>/open/", "touch/journeys/<uuid:pk>/kit/", "network/directory/<uuid:pk>/complaints/",
    "doubles/pair/<uuid:pk>/open/", "doubles/returns/<uuid:pk>/open/",
}  # fmt: skip


@pytest.fixture(scope="module")
def readers(world):
    return {"gender_crp": signed_in(world.crp), "block_officer": signed_in(world.officer)}


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
    may = [(who, client) for who, client in readers.items() if address.may(who)]
    tried = [(who, method, *asked(client, method, path)) for who, client in may for method in ("GET", "POST")]
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
    "aanchal/advisories/models.py": "the file of an answer, read through actions.open_file",
    "aanchal/advisories/actions.py": "open_file writes the reading",
    "aanchal/library/models.py": "documents: papers of an office, of nobody in our care",
    "aanchal/library/actions.py": "documents: papers of an office, of nobody in our care",
    "aanchal/library/publishing.py": "documents that were released to everyone",
    "aanchal/people/queries.py": "names_of, read through actions.open_names",
    "aanchal/people/actions.py": "open_names writes the reading; recognising a member compares and shows nobody",
    "aanchal/registers/models.py": "texts of a line, read through actions.open_line",
    "aanchal/registers/actions.py": "open_line and correcting, both on the trail; find_by_name notes how many it read",
    "aanchal/registers/queries.py": "names_in, for find_by_name",
    "aanchal/inbox/models.py": "raw and content, read by the reviewer's page after note_opened",
    "aanchal/field/carried.py": "what leaves for our own app, after app_api wrote the reading through open_names",
    "aanchal/field/decisions.py": "a flagged form read again by the program to be applied",
    "aanchal/field/models.py": "answers of a state's own form, read through own_answers, which writes the reading",
    "aanchal/field/named.py": "what leaves for a phone goes through open_names; the list's mark is made by the program and shows nobody",
    "aanchal/field/order.py": "which visit of a run a form is, read by the program",
    "aanchal/field/routing.py": "which visit of a run a form is, read by the program",
    "aanchal/field/tasks.py": "a form held back, read by the program to be applied",
    "aanchal/field/review.py": "shown to a reviewer after note_opened",
    "aanchal/core/models.py": "told of what is sealed, read through actions of matching, tracking and network, each on the trail",
    "aanchal/matching/actions.py": "search_names compares in memory, notes how many; a pair opened shows its photo and is noted",
    "aanchal/matching/searching.py": "read by the engine into keys in memory; the trail says how many; shows nobody",
    "aanchal/posters/queries.py": "compared with the marks of cases by the program; shows nobody",
    "aanchal/tracking/actions.py": "open_contacts and open_notes, both on the trail",
    "aanchal/tracking/far.py": "the written district and licence are compared by the program; shows nobody",
    "aanchal/doubles/searching.py": "compared in memory by the system; the trail says how many; shows nobody",
    "aanchal/doubles/elsewhere.py": "compared in memory by the system; the trail says how many; shows nobody",
    "aanchal/rescue/models/evidence.py": "the file of a piece of evidence, read through keeping.open_file",
    "aanchal/rescue/keeping.py": "open_file writes the reading, then compares the hash",
    "aanchal/rescue/views/evidence.py": "the file as it leaves, after keeping.open_file wrote the reading",
    "aanchal/config/backup.py": "tries that names of a restored copy open; shows nobody",
}
OPENING = re.compile(r"envelope\.opened\(|\bnames_of\(|\bnames_in\(|\.raw\(\)|\.texts\(\)|\.content\(\)")


def test_names_are_opened_in_these_files_and_no_other():
    """What no page walks (the command line, jobs) is held to it by its source."""
    opening = {str(path) for path in Path("aanchal").rglob("*.py") if OPENING.search(path.read_text()) and path.name != "envelope.py"}
    assert opening - OPENERS.keys() == set()
