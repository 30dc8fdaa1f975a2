"""A state's own forms: a workbook becomes a draft, a draft is tested and put in use, a version is retired."""

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from lxml import etree

from aanchal.access import actions as access
from aanchal.access.models import Device
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.field import actions, checks, queries, rules
from aanchal.field.models import PublishedForm, StateForm, TestPhone
from aanchal.field.routing import NATIONAL
from aanchal.field.terms import FormState
from aanchal.field.uploads.conversion import Converted
from aanchal.places.models import Place

LONGEST_NAME = 120
INSTANCE = "{*}head/{*}model/{*}instance"
MOST_TEST_PHONES = 5


class NotTaken(Exception):
    """The workbook is a form, but not one this state may have; `code` is a key of `uploads.words.REFUSALS`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class HasProblems(Exception):
    """A draft with problems goes to no phone."""


class VersionUsed(Exception):
    """The same form id and version were published before; phones would keep what they have."""


class TooManyPhones(Exception):
    """More phones than anyone tests with."""


@action
def draft(*, place: Place, found: Converted, workbook: bytes, file_name: str, at: datetime, by) -> StateForm:
    """Keep a converted workbook as the draft of its form, in the place of the draft before it. Raises NotTaken."""
    _check_id(found.form_id, place)
    edition = StateForm.objects.filter(place=place, form_id=found.form_id).count() + 1
    version = found.version or f"{at:%Y%m%d}{edition:02}"
    named = [] if found.version else [{"kind": "NO_VERSION", "value": version}]
    for before in StateForm.objects.filter(place=place, form_id=found.form_id, state=FormState.DRAFT):
        retire(form=before, at=at, by=by)
    form = StateForm(
        place=place, place_no=place.place_no, form_id=found.form_id[:200], version=version[:200], edition=edition,
        title=found.title[:300], xform=with_version(found.xform, version), workbook=workbook, file_name=file_name[-LONGEST_NAME:],
        problems=checks.problems(found), remarks=[*named, *checks.remarks(found)], drafted_at=at, drafted_by=by,
    )  # fmt: skip
    if not form.problems:
        form.test = _test_of(form, at, by)
    insert(form)
    trail.write("field.form.drafted", about=form, form=form.form_id, version=form.version, problems=len(form.problems))
    return form


@action
def put_in_use(*, form: StateForm, at: datetime, by) -> StateForm:
    """All phones of the state see it in their list; the version before it is retired. Raises NotPossible, HasProblems, VersionUsed."""
    _lock(form)
    rules.check(form.state, FormState.PUBLISHED)
    if form.problems:
        raise HasProblems
    if queries.version(form.form_id, form.version):
        raise VersionUsed
    for before in StateForm.objects.filter(place=form.place, form_id=form.form_id, state=FormState.PUBLISHED):
        retire(form=before, at=at, by=by)
    form.published = actions.publish(
        form_id=form.form_id, version=form.version, title=form.title, xform=bytes(form.xform), place=form.place, at=at, by=by
    )
    _end_test(form, at)
    form.state, form.published_at, form.published_by = FormState.PUBLISHED, at, by
    form.save(update_fields=["state", "published", "published_at", "published_by"])
    trail.write("field.form.put_in_use", about=form, form=form.form_id, version=form.version)
    return form


@action
def retire(*, form: StateForm, at: datetime, by) -> StateForm:
    """Phones list it no more; what is still sent with it is accepted. Raises NotPossible."""
    _lock(form)
    rules.check(form.state, FormState.RETIRED)
    _end_test(form, at)
    if form.published_id:
        PublishedForm.objects.filter(pk=form.published_id).update(retired_at=at)
    form.state, form.retired_at, form.retired_by = FormState.RETIRED, at, by
    form.save(update_fields=["state", "retired_at", "retired_by"])
    trail.write("field.form.retired", about=form, form=form.form_id, version=form.version)
    return form


@action
def enrol_test_phone(*, place: Place, label: str, at: datetime, by) -> tuple[Device, str]:
    """A phone of the officer's own that sees the drafts of the state and nothing else. Its token is shown once."""
    if test_phones(place, by).count() >= MOST_TEST_PHONES:
        raise TooManyPhones
    device, token = access.enrol_device(user=by, label=label, at=at, by=by)
    row = TestPhone(device=device, place=place, place_no=place.place_no)
    insert(row)
    trail.write("field.test_phone.enrolled", about=row)
    return device, token


@action
def end_test_phones(*, place: Place, at: datetime, by) -> int:
    """All those of the officer's own, lost ones too. Returns how many."""
    phones = list(test_phones(place, by))
    for phone in phones:
        access.revoke_device(device=phone.device, at=at, by=by)
    return len(phones)


def test_phones(place: Place, user) -> QuerySet[TestPhone]:
    return TestPhone.objects.filter(place=place, device__user=user, device__revoked_at=None).select_related("device")


def with_version(xform: bytes, version: str) -> bytes:
    """The same form under another version."""
    document = etree.fromstring(xform, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    main = document.find(INSTANCE)
    if main is None or not len(main):
        return xform
    main[0].set("version", version)
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def _check_id(form_id: str, place: Place) -> None:
    """One writer at a time for a form id: it belongs to the state that had it first, also where the wall hides whose it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 25))", [form_id])
    if form_id in NATIONAL:
        raise NotTaken("NATIONAL_ID")
    if PublishedForm.objects.filter(form_id=form_id).exclude(place=place).exists():
        raise NotTaken("TAKEN_ID")


def _test_of(form: StateForm, at: datetime, by) -> PublishedForm:
    version = rules.test_version(form.version, form.edition)
    return PublishedForm.objects.create(
        form_id=form.form_id, version=version, title=form.title, xform=with_version(bytes(form.xform), version), published_at=at,
        place=form.place, is_test=True,
    )  # fmt: skip


def _end_test(form: StateForm, at: datetime) -> None:
    if form.test_id:
        PublishedForm.objects.filter(pk=form.test_id, retired_at=None).update(retired_at=at)


def _lock(form: StateForm) -> None:
    """Of two officers who act at the same time, the second is told."""
    form.state = StateForm.objects.select_for_update().only("state").get(pk=form.pk).state
