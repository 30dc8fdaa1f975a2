"""People who work: an administrator manages users of their own places and nobody else's."""

import pytest

from aanchal.access import actions
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting, User
from aanchal.access.roles import ROLES
from aanchal.core.models import Trail
from tests.factories import NOON

ALL = "/people-who-work/"
NEW = {"username": "sunita.amrai", "name": "Sunita", "language": "hi", "role": "gender_crp", "since": "2026-04-01", "until": ""}


@pytest.fixture
def admin(posted):
    """The administrator of the eastern district."""
    return posted("administrator", "east")


@pytest.fixture
def phone(crp):
    with acting(SYSTEM):
        return actions.enrol_device(user=crp, label="Her phone", at=NOON, by=SYSTEM)[0]


def one(user) -> str:
    return f"{ALL}{user.pk}/"


def verbs() -> list[str]:
    with acting(SYSTEM):
        return list(Trail.objects.order_by("seq").values_list("verb", flat=True))


def test_it_lists_the_people_of_the_administrators_places(signed_in, admin, crp, posted):
    posted("gender_crp", "west village 1")
    page = signed_in(admin).get(ALL)
    assert {user.pk for user in page.context["page"]} == {admin.pk, crp.pk}


def test_it_narrows_by_name_and_role(signed_in, admin, crp):
    client = signed_in(admin)
    assert [user.pk for user in client.get(ALL, {"role": "gender_crp"}).context["page"]] == [crp.pk]
    assert [user.pk for user in client.get(ALL, {"q": crp.username}).context["page"]] == [crp.pk]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_it_is_not_there_for_other_roles(signed_in, posted, role):
    assert signed_in(posted(role, "state")).get(ALL).status_code == 404


def test_it_creates_a_user_with_a_posting_and_shows_the_password_once(signed_in, admin, india):
    client = signed_in(admin)
    answer = client.post(f"{ALL}new/", NEW | {"place": "east village 1"})
    password = answer.context["password"]
    user = User.objects.get(username="sunita.amrai")
    assert user.check_password(password)
    assert user.must_change_password
    assert user.postings.get().place == india["east village 1"]
    assert password in answer.content.decode()
    assert password not in client.get(one(user)).content.decode()
    assert password not in str(dict(client.session))
    assert "access.password.given" in verbs()


def test_it_takes_a_place_by_its_code(signed_in, admin, india):
    village = india["east village 2"]
    signed_in(admin).post(f"{ALL}new/", NEW | {"place": f"{village.lgd_code}/village"})
    assert Posting.objects.get(user__username="sunita.amrai").place == village


@pytest.mark.parametrize("place", ["west village 1", "far village 1", "state", "nation", "no such place", "0/village", "9" * 20])
def test_it_gives_no_posting_outside_its_places(signed_in, admin, india, place):
    answer = signed_in(admin).post(f"{ALL}new/", NEW | {"place": place})
    assert answer.status_code == 422
    assert answer.context["form"].errors["place"] == ["No place of this name or code lies where you manage users."]
    assert not User.objects.filter(username="sunita.amrai").exists()


@pytest.mark.parametrize("wrong", [{"username": "A b"}, {"username": "ab"}, {"role": "king"}, {"since": "soon"}, {"until": "2026-03-01"}])
def test_it_keeps_nothing_of_a_form_that_is_wrong(signed_in, admin, india, wrong):
    before = User.objects.count()
    assert signed_in(admin).post(f"{ALL}new/", NEW | {"place": "east village 1"} | wrong).status_code == 422
    assert User.objects.count() == before


def test_it_ends_a_posting_and_takes_it_back(signed_in, admin, crp):
    client, posting = signed_in(admin), crp.postings.get()
    client.post(f"{ALL}postings/{posting.pk}/end/")
    posting.refresh_from_db()
    assert posting.until is not None
    undo = client.get(one(crp)).context["undo"]["url"]
    client.post(undo)
    posting.refresh_from_db()
    assert posting.until is None
    assert {"access.posting.ended", "access.posting.continued"} <= set(verbs())


def test_it_gives_another_posting_once(signed_in, admin, crp):
    told = {"role": "gender_crp", "place": "east village 2", "since": "2026-04-01", "until": ""}
    client = signed_in(admin)
    assert client.post(f"{one(crp)}post/", told).status_code == 302
    assert client.post(f"{one(crp)}post/", told).status_code == 422
    assert crp.postings.count() == 2


def test_it_revokes_a_phone(signed_in, admin, phone):
    signed_in(admin).post(f"/phones/{phone.pk}/revoke/")
    phone.refresh_from_db()
    assert phone.revoked_at is not None


def test_it_closes_an_account_and_takes_it_back(signed_in, admin, crp):
    client = signed_in(admin)
    client.post(f"{one(crp)}close/")
    crp.refresh_from_db()
    assert not crp.is_active
    client.post(client.get(one(crp)).context["undo"]["url"])
    crp.refresh_from_db()
    assert crp.is_active


@pytest.mark.parametrize("what", ["post", "password", "second-step", "close", "reopen"])
def test_it_changes_nobody_of_another_district(signed_in, admin, posted, what):
    user = posted("gender_crp", "west village 1")
    elsewhere, nobody = (signed_in(admin).post(f"{ALL}{pk}/{what}/") for pk in (user.pk, "01a00000-0000-7000-8000-000000000000"))
    assert elsewhere.status_code == nobody.status_code == 404


@pytest.mark.parametrize("what", ["post", "password", "second-step", "close"])
def test_it_changes_no_account_that_reaches_further(signed_in, admin, posted, what):
    """Otherwise a district's administrator could take over a national account."""
    user = posted("gender_crp", "east village 1")
    posted("administrator", "nation", user=user)
    assert signed_in(admin).post(f"{one(user)}{what}/").status_code == 404


@pytest.mark.parametrize("what", ["post", "password", "second-step", "close"])
def test_it_does_not_change_its_own_account(signed_in, admin, what):
    assert signed_in(admin).post(f"{one(admin)}{what}/").status_code == 404


def test_it_does_not_end_its_own_posting(signed_in, admin):
    assert signed_in(admin).post(f"{ALL}postings/{admin.postings.get().pk}/end/").status_code == 404


def test_it_revokes_no_phone_elsewhere(signed_in, posted, phone):
    assert signed_in(posted("administrator", "west")).post(f"/phones/{phone.pk}/revoke/").status_code == 404
    assert Device.objects.get().revoked_at is None


@pytest.mark.parametrize("path", ["postings/{}/end/", "postings/{}/continue/", "{}/phones/enrol/"])
def test_it_changes_nothing_by_a_link(signed_in, admin, path):
    assert signed_in(admin).get(ALL + path.format("01a00000-0000-7000-8000-000000000000")).status_code == 405
