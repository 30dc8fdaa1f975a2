"""Every change to the directory and to safe migration centres."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db.models import F

from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.core.yaml_files import read_yaml
from aanchal.network import queries, rules
from aanchal.network.models import Centre, Complaint, Enquiry, Listing, RiskNote, Staff, Verification
from aanchal.network.terms import Capacity, ComplaintState, LicenceKind

SHIPPED = Path(__file__).with_name("risk_notes.yaml")
LONGEST = 1_000
COUNTED = {ComplaintState.OPEN: "open_complaints", ComplaintState.UPHELD: "upheld_complaints"}


@dataclass(frozen=True)
class Hours:
    days: tuple[str, ...]
    opens: time
    closes: time


@action
def record_listing(*, place, told: Mapping[str, Any], at: datetime, by) -> Listing:
    """An employer or agency enters the directory: not verified until someone goes there."""
    listing = Listing(place=place, place_no=place.place_no, recorded_at=at, recorded_by_id=by.pk, **told)
    insert(listing)
    trail.write("network.listing.recorded", about=listing, kind=listing.kind)
    return listing


@action
def correct_listing(*, listing: Listing, told: Mapping[str, Any], by) -> Listing:
    """What was written wrongly, or has changed. Visits and complaints stay; of another address or name the last visit says nothing."""
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    changed = sorted(name for name, value in told.items() if value != getattr(listing, name))
    is_another = not {"name", "works_in"}.isdisjoint(changed)
    for name in changed:
        setattr(listing, name, told[name])
    if is_another:
        listing.visited_on, listing.visit_outcome = None, ""
    listing.save(update_fields=[*changed, "visited_on", "visit_outcome"])
    trail.write("network.listing.corrected", about=listing, changed=changed, visit_again=is_another)
    return listing


@action
def renew_licence(*, listing: Listing, licence_no: str, licence_until: date, at: datetime, by) -> Listing:
    """A paper that holds now. Raises NotPossible: it ran out as well, or no licence was shown before."""
    if listing.licence_kind == LicenceKind.NONE:
        raise rules.NotPossible("no_kind")
    if licence_until < day_in_india(at):
        raise rules.NotPossible("ran_out")
    listing.licence_no, listing.licence_until = licence_no.strip(), licence_until
    listing.save(update_fields=["licence_no", "licence_until"])
    trail.write("network.listing.renewed", about=listing, until=licence_until)
    return listing


@action
def record_visit(*, listing: Listing, outcome: str, on: date, at: datetime, by) -> Verification:
    """Someone went there. Raises NotPossible: nobody is verified on an expired licence."""
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    rules.check_visit(queries.known(listing), outcome, on=on, today=day_in_india(at))
    visit = Verification(listing=listing, place_no=listing.place_no, on=on, outcome=outcome, at=at, by_id=by.pk)
    insert(visit)
    if listing.visited_on is None or on >= listing.visited_on:
        listing.visited_on, listing.visit_outcome = on, outcome
        listing.save(update_fields=["visited_on", "visit_outcome"])
    trail.write("network.listing.visited", about=listing, outcome=outcome)
    return visit


@action
def record_complaint(*, listing: Listing, topic: str, words: str, at: datetime, by) -> Complaint:
    """What was said is sealed; who said it is not kept. The public sees that there is a complaint, and nothing of it."""
    complaint = Complaint(listing=listing, place_no=listing.place_no, topic=topic, received_at=at, received_by_id=by.pk)
    if words.strip():
        complaint.seal({"words": words.strip()[:LONGEST]})
    insert(complaint)
    Listing.objects.filter(pk=listing.pk).update(open_complaints=F("open_complaints") + 1)
    trail.write("network.complaint.recorded", about=complaint, topic=topic)
    return complaint


@action
def settle_complaint(*, complaint: Complaint, state: str, at: datetime, by) -> Complaint:
    """Found to be true, or not."""
    told = {"state": state, "settled_at": at, "settled_by": by.pk}
    if state == ComplaintState.OPEN or not Complaint.objects.filter(pk=complaint.pk, state=ComplaintState.OPEN).update(**told):
        raise rules.NotPossible("settled")
    upheld = 1 if state == ComplaintState.UPHELD else 0
    Listing.objects.filter(pk=complaint.listing_id).update(
        open_complaints=F("open_complaints") - 1, upheld_complaints=F("upheld_complaints") + upheld
    )
    trail.write("network.complaint.settled", about=complaint, state=state)
    complaint.refresh_from_db()
    return complaint


@action
def open_complaints(*, complaints: Iterable[Complaint], listing: Listing, by) -> dict:
    """What was said, for someone who looks into it. The reading is on the trail."""
    trail.write("network.complaints.read", about=listing)
    return {one.pk: words for one in complaints if (words := one.told().get("words"))}


@action
def open_centre(*, place, name: str, address: str, phone: str, hours: Hours, on: date, by) -> Centre:
    centre = Centre(
        place=place, place_no=place.place_no, name=name, address=address, phone=phone, days=list(hours.days), opens=hours.opens,
        closes=hours.closes, opened_on=on,
    )  # fmt: skip
    insert(centre)
    trail.write("network.centre.opened", about=centre)
    return centre


@action
def set_hours(*, centre: Centre, hours: Hours, phone: str, by) -> Centre:
    centre.days, centre.opens, centre.closes, centre.phone = list(hours.days), hours.opens, hours.closes, phone
    centre.save(update_fields=["days", "opens", "closes", "phone"])
    trail.write("network.centre.hours", about=centre)
    return centre


@action
def join_staff(*, centre: Centre, user: User, capacity: str, on: date, by, chose_on: date | None = None) -> Staff:
    """A survivor leader only by her own choice, with the day on which she chose."""
    if capacity == Capacity.SURVIVOR_LEADER and chose_on is None:
        raise rules.NotPossible("her_choice")
    if centre.staff.filter(user=user, until=None).exists():
        raise rules.NotPossible("staff_already")
    staff = Staff(centre=centre, place_no=centre.place_no, user=user, capacity=capacity, since=on, chose_on=chose_on)
    insert(staff)
    trail.write("network.staff.joined", about=staff, centre=str(centre.pk), user=user.pk)
    return staff


@action
def leave_staff(*, staff: Staff, on: date, by) -> Staff:
    if staff.until:
        return staff
    staff.until = max(on, staff.since)
    staff.save(update_fields=["until"])
    trail.write("network.staff.left", about=staff)
    return staff


@action
def record_enquiry(*, centre: Centre, told: Mapping[str, Any], on: date, at: datetime, by) -> Enquiry:
    """What was asked and what was advised; nobody is named."""
    if on > day_in_india(at):
        raise rules.NotPossible("future")
    enquiry = Enquiry(centre=centre, place_no=centre.place_no, on=on, recorded_at=at, recorded_by_id=by.pk, **told)
    insert(enquiry)
    trail.write("network.enquiry.recorded", about=enquiry, topic=enquiry.topic)
    return enquiry


@action
def load_risk_notes(*, by) -> int:
    """Each shipped note that the database does not know yet."""
    known = set(RiskNote.objects.values_list("key", "effective_from"))
    told = read_yaml(SHIPPED)
    fresh = [RiskNote(**one) for one in told if (one["key"], one["effective_from"]) not in known]
    RiskNote.objects.bulk_create(fresh)
    return len(fresh)
