import hashlib
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.core.rows import insert
from aanchal.rescue import keeping, queries, rules
from aanchal.rescue.models import Custody, Evidence, EvidenceFile
from aanchal.rescue.rules import Holder
from tests.factories import PASSWORD
from tests.rescue.builders import LATER, make_evidence

LAB = Holder("LABORATORY", office="State laboratory")


def refused(word):
    return pytest.raises(rules.NotPossible, match=f"^{word}$")


def to(user):
    return Holder("OFFICER", user=str(user.pk))


def hand(evidence, taker, by, hours=1, **more):
    at = LATER + timedelta(hours=hours)
    return keeping.hand_over(evidence=evidence, to=taker, why="TO_KEEP", is_seal_whole=True, when=at, at=at, by=by, **more)


def test_it_goes_from_hand_to_hand_and_back_from_an_office(evidence, people):
    with acting(people.officer):
        hand(evidence, to(people.head), people.officer)
    with acting(people.head):
        hand(evidence, LAB, people.head, hours=2)
    with acting(people.officer):
        hand(evidence, to(people.officer), people.officer, hours=3)
        chain = queries.chain(evidence)
        assert [one.nth for one in chain] == [1, 2, 3, 4]
        assert all(later.giver == before.taker for before, later in zip(chain, chain[1:], strict=False))
        assert keeping.first_break(evidence, chain) is None


def test_it_is_not_handed_over_by_who_does_not_hold_it(evidence, people):
    with acting(people.head), refused("not_holder"):
        hand(evidence, to(people.head), people.head)
    with acting(people.officer):
        hand(evidence, LAB, people.officer)
        with refused("take_back"):
            hand(evidence, to(people.head), people.officer, hours=2)


def test_the_database_refuses_a_link_that_does_not_follow(evidence, people):
    last = None
    with acting(people.officer):
        last = queries.chain(evidence)[-1]
    forged = {
        "evidence": evidence,
        "place_no": evidence.place_no,
        "taker": "COURT:x",
        "keeper": "COURT",
        "why": "TO_SHOW",
        "link": "x" * 64,
    }
    for more in (
        {"nth": 2, "before": 1, "giver": "OFFICER:somebody"},
        {"nth": 1, "before": None, "giver": None},
        {"nth": 3, "before": 2, "giver": last.taker},
    ):
        with acting(people.officer), pytest.raises(IntegrityError), transaction.atomic():
            insert(Custody(**forged, **more, at=LATER, told_at=LATER))


def test_nobody_changes_or_deletes_a_link(evidence, people):
    for statement in ("UPDATE rescue_custody SET taker = 'x'", "DELETE FROM rescue_custody", "UPDATE rescue_evidence SET digest = ''"):
        with acting(people.officer), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_it_sees_a_link_that_was_altered_past_the_wall(evidence, people):
    with acting(people.officer):
        hand(evidence, LAB, people.officer)
        chain = queries.chain(evidence)
        chain[1].at += timedelta(minutes=1)
        assert keeping.first_break(evidence, chain) == 2
        assert keeping.first_break(evidence, [*queries.chain(evidence)[1:]]) == 1


def test_a_file_is_kept_byte_for_byte_under_its_hash(running, unit, people):
    content = bytes(range(256)) * 40
    with acting(people.officer):
        kept = make_evidence(unit, running, by=people.officer, file=content, content_type="video/mp4")
        assert kept.digest == hashlib.sha256(content).hexdigest()
        assert content not in bytes(EvidenceFile.objects.get().sealed)
        assert keeping.open_file(evidence=kept, by=people.officer).content() == content
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rescue.evidence.file", about_id=str(kept.pk)).exists()


def test_a_file_goes_out_only_after_the_password(running, unit, people, idle):
    with acting(people.officer):
        kept = make_evidence(unit, running, by=people.officer, file=b"as it was")
    client, address = idle(people.officer), f"{kept.get_absolute_url()}file/"
    asked = client.post(address)
    assert asked["Location"].startswith("/accounts/confirm/?next=%2Frescue%2Fevidence%2F")
    assert "What was seized goes out as a file" in client.get(asked["Location"]).content.decode()
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb="rescue.evidence.file").exists()
    client.post("/accounts/confirm/", {"password": PASSWORD, "next": "/"})
    assert client.post(address).content == b"as it was"


def test_it_does_not_give_out_a_file_that_no_longer_has_its_hash(running, unit, people):
    with acting(people.officer):
        kept = make_evidence(unit, running, by=people.officer, file=b"as it was")
        kept.digest = hashlib.sha256(b"as it is").hexdigest()
        with refused("altered"):
            keeping.open_file(evidence=kept, by=people.officer)


def test_it_refuses_what_is_too_large_or_to_come(running, unit, people):
    with acting(people.officer):
        with refused("large"):
            make_evidence(unit, running, by=people.officer, file=b"x" * (keeping.LARGEST + 1))
        with refused("future"):
            make_evidence(unit, running, by=people.officer, seized_at=LATER + timedelta(hours=1))
        assert not Evidence.objects.exists()


def test_a_piece_without_a_file_has_a_hash_of_what_was_written(evidence, running, unit, people):
    with acting(people.officer):
        other = make_evidence(unit, running, by=people.officer, words="Another phone")
    assert len(evidence.digest) == 64 != evidence.digest
    assert evidence.digest != other.digest
    assert (evidence.label, other.label) == ("E1", "E2")


def test_it_is_nothing_to_an_officer_of_the_next_district(evidence, people):
    with acting(people.stranger):
        assert not Custody.objects.exists()
        with pytest.raises(Evidence.DoesNotExist):
            hand(evidence, to(people.stranger), people.stranger)
