"""A line struck as entered by mistake ends what was followed because of it; where it stands again, it goes on."""

from datetime import timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.field import work_lists
from aanchal.matching import searching
from aanchal.matching.models import Candidate
from aanchal.registers import striking
from aanchal.registers.models import Strike
from aanchal.registers.queries import open_flags
from aanchal.registers.terms import Register
from aanchal.risk.models import Assessment
from aanchal.tracking import alerting, counts, queries, without_trace
from aanchal.tracking.models import Alert, Deadline, Journey, Search
from tests.factories import DAY, NOON
from tests.matching.builders import found
from tests.registers.builders import DETAILS, make_entry, someone


def line(of):
    with acting(SYSTEM):
        return queries.line(of.entry_id)


def strike(entry, by, at=NOON):
    with acting(by):
        striking.strike(entry=entry, reason="Entered for a neighbour", at=at, by=by)


def take_back(entry, by, at=NOON):
    with acting(by):
        striking.take_back(struck=Strike.objects.get(entry=entry, undone_at=None), reason="It was right", at=at, by=by)


def alerts(**narrowed) -> set[tuple[str, str, str]]:
    with acting(SYSTEM):
        return set(Alert.objects.filter(**narrowed).values_list("kind", "state", "outcome"))


def test_the_journey_and_its_alerts_end_as_entered_by_mistake(away, crp, later):
    with acting(SYSTEM):
        alerting.raise_alert(kind="TROUBLE", about=away, at=NOON, by=SYSTEM)
    strike(line(away), crp)
    with acting(SYSTEM):
        journey = Journey.objects.get(pk=away.pk)
        assert (journey.state, journey.closed_at, journey.get_state_display()) == ("STRUCK", NOON, "Entered by mistake")
        assert not counts.away().exists()
        assert counts.lost(DAY, DAY + timedelta(days=9)).count() == 0
    assert alerts(journey=away) == {("TROUBLE", "CLOSED", "MISTAKE")}


def test_the_worker_s_device_drops_it_and_gets_it_again(away, crp, officer):
    entry = line(away)
    with acting(crp):
        assert [one.pk for one in work_lists.away(crp)] == [entry.pk]
    strike(entry, crp)
    with acting(crp):
        assert work_lists.away(crp) == []
        assert work_lists.standing_journeys([entry.pk], crp) == set()
    take_back(entry, officer)
    with acting(crp):
        assert [one.pk for one in work_lists.away(crp)] == [entry.pk]
        assert Journey.objects.get(pk=away.pk).state == "IN_TOUCH"


def test_the_search_its_clocks_and_its_alert_end(child_missing, officer, later):
    entry = line(child_missing)
    strike(entry, officer, at=later(hours=1))
    with acting(SYSTEM):
        search = Search.objects.get(pk=child_missing.pk)
        assert (search.state, search.outcome, search.closed_at) == ("CLOSED", "MISTAKE", later(hours=1))
        assert Deadline.objects.filter(search=search).exists()
        assert not Deadline.objects.filter(search=search, stopped_at=None).exists()
    assert alerts(search=child_missing) == {("MISSING", "CLOSED", "MISTAKE")}


def test_the_family_is_no_longer_one_with_someone_missing(child_missing, officer):
    household = line(child_missing).household
    with acting(SYSTEM):
        assert open_flags(household)["member_missing"]
        before = Assessment.objects.filter(household=household, is_current=True).first()
    strike(line(child_missing), officer)
    with acting(SYSTEM):
        assert not open_flags(household)["member_missing"]
        assert Assessment.objects.filter(household=household, is_current=True).first() != before or before is None


def test_a_search_goes_on_where_the_line_stands_again(child_missing, officer, later):
    with acting(SYSTEM):
        began = dict(Deadline.objects.filter(search=child_missing).values_list("key", "due_at"))
    strike(line(child_missing), officer, at=later(hours=1))
    take_back(line(child_missing), officer, at=later(hours=2))
    with acting(SYSTEM):
        search = Search.objects.get(pk=child_missing.pk)
        assert (search.state, search.outcome, search.closed_at) == ("REPORTED", "", None)
        assert dict(Deadline.objects.filter(search=search, stopped_at=None).values_list("key", "due_at")) == began
    assert alerts(search=child_missing) == {("MISSING", "CLOSED", "MISTAKE"), ("MISSING", "OPEN", "")}


def test_pairs_leave_the_queue_and_come_back_with_the_line(child_missing, officer, india):
    searching.forget()
    with acting(SYSTEM):
        names = child_missing.entry.person
        she = found(india["far"], home=child_missing.place.district)
        Candidate(
            person=names, entry=child_missing.entry, found=she, place=child_missing.place, place_no=child_missing.place_no,
            found_place=she.place, found_place_no=she.place_no, probability=0.9, benefit=1, model_version="1", searched_at=NOON,
        ).save()  # fmt: skip
    strike(line(child_missing), officer)
    with acting(SYSTEM):
        assert Candidate.objects.get().standing == "CLOSED"
    take_back(line(child_missing), officer)
    with acting(SYSTEM):
        assert Candidate.objects.get().standing == "OPEN"


def test_the_alert_of_a_marriage_ends_and_comes_again(village, crp, officer):
    entry = make_entry(village, Register.MARRIAGE, who=someone(years=15), details=DETAILS[Register.MARRIAGE] | {"last_contact": "WEEK"})
    assert alerts(person=entry.person_id, kind="MARRIAGE") == {("MARRIAGE", "OPEN", "")}
    strike(entry, crp)
    assert alerts(person=entry.person_id, kind="MARRIAGE") == {("MARRIAGE", "CLOSED", "MISTAKE")}
    with acting(SYSTEM):
        assert counts.child_marriages(DAY, DAY + timedelta(days=1)).count() == 0
    take_back(entry, officer)
    assert ("MARRIAGE", "OPEN", "") in alerts(person=entry.person_id, kind="MARRIAGE")


def test_who_never_left_is_no_longer_without_trace(village, crp, officer):
    entry = make_entry(village, Register.LEFT, who=someone(years=19))
    with acting(officer):
        assert without_trace.Found(officer).count() == 1
        alerting.look_for(person=entry.person, at=NOON, by=officer)
    strike(entry, crp)
    with acting(officer):
        assert without_trace.Found(officer).count() == 0
    assert alerts(person=entry.person_id) == {("NO_TRACE", "CLOSED", "MISTAKE")}


def test_a_search_is_not_closed_by_hand_as_a_mistake(child_missing, officer):
    from aanchal.tracking.forms import CloseSearchForm

    assert "MISTAKE" not in dict(CloseSearchForm(child_missing).fields["outcome"].choices)
