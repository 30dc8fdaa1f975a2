"""Accounts and phones: what is kept of a password or a token opens nothing, and what ends, ends at once."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from aanchal.access import actions, queries
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, RolePermission, User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.core.models import Trail
from tests.factories import PASSWORD

NOW = timezone.now()


def create(**more) -> User:
    given = {"username": "Sunita.Amrai", "name": "Sunita", "password": PASSWORD, "at": NOW, "by": SYSTEM}
    with acting(SYSTEM):
        return actions.create_user(**given | more)


def trail_of(record) -> list[tuple]:
    with acting(SYSTEM):
        return [(line.verb, line.actor) for line in Trail.objects.filter(about_id=str(record.pk)).order_by("seq")]


def test_a_new_user_can_sign_in_and_holds_nothing(db):
    user = create(language="hi", email="sunita@example.org")
    assert user.check_password(PASSWORD)
    assert (user.username, user.language, user.email, user.joined_at, user.is_active) == (
        "sunita.amrai", "hi", "sunita@example.org", NOW, True
    )  # fmt: skip
    assert PASSWORD not in user.password
    assert user.postings.count() == 0
    assert trail_of(user) == [("access.user.created", None)]
    assert User.objects.get_by_natural_key("SUNITA.AMRAI") == user


@pytest.mark.parametrize("password", ["", "short", "password123", "123456789012", "sunita.amrai"])
def test_a_password_easily_guessed_is_refused(db, password):
    before = User.objects.count()
    with pytest.raises(ValidationError):
        create(password=password)
    assert User.objects.count() == before


def test_a_user_without_a_password_cannot_sign_in(db):
    user = create(password=None)
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_name_is_taken_once_whatever_its_letters(db):
    create()
    with pytest.raises(IntegrityError):
        create(username="SUNITA.amrai")


def test_a_given_password_must_be_changed_and_is_kept_as_a_hash(crp):
    with acting(SYSTEM):
        password = actions.give_password(user=crp, by=SYSTEM)
    crp.refresh_from_db()
    assert crp.check_password(password)
    assert crp.must_change_password
    assert password not in crp.password
    assert len(password.replace("-", "")) == 16
    assert set(password) <= {*actions.ONE_TIME_LETTERS, "-"}
    with acting(crp):
        actions.set_own_password(password=PASSWORD, by=crp)
    crp.refresh_from_db()
    assert crp.check_password(PASSWORD)
    assert not crp.must_change_password
    assert trail_of(crp) == [("access.password.given", None), ("access.password.changed", crp.pk)]


def test_no_two_given_passwords_are_alike(crp):
    with acting(SYSTEM):
        assert actions.give_password(user=crp, by=SYSTEM) != actions.give_password(user=crp, by=SYSTEM)


def test_an_account_is_closed_and_opened_again(crp):
    with acting(SYSTEM):
        actions.deactivate_user(user=crp, by=SYSTEM)
    assert not User.objects.get(pk=crp.pk).is_active
    with acting(SYSTEM):
        actions.reactivate_user(user=crp, by=SYSTEM)
    assert User.objects.get(pk=crp.pk).is_active
    assert trail_of(crp) == [("access.user.deactivated", None), ("access.user.reactivated", None)]


def test_a_lost_second_factor_is_forgotten_and_nobody_elses(crp, officer):
    with acting(SYSTEM):
        for user in (crp, officer):
            Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        actions.forget_second_factor(user=crp, by=SYSTEM)
        assert [one.user for one in Authenticator.objects.all()] == [officer]
    assert trail_of(crp) == [("access.second_factor.forgotten", None)]


@pytest.fixture
def phone(crp):
    with acting(SYSTEM):
        return actions.enrol_device(user=crp, label="Her phone", at=NOW, by=SYSTEM)


def test_of_a_phones_token_only_the_hash_is_kept(phone, crp):
    device, token = phone
    kept = Device.objects.get()
    assert bytes(kept.token_hash) == actions.token_hash(token)
    assert token not in str(Device.objects.values().get())
    assert token.encode() not in bytes(kept.token_hash)
    assert (str(kept), kept.user, kept.enrolled_at, kept.revoked_at) == ("Her phone", crp, NOW, None)
    assert trail_of(device) == [("access.device.enrolled", None)]


def test_a_phone_is_known_by_its_token(phone, crp):
    device, token = phone
    found = queries.device_of(actions.token_hash(token))
    assert (found, found.user, found.user.username) == (device, crp, crp.username)
    assert queries.device_of(actions.token_hash(token + "x")) is None


def test_a_phone_is_known_with_its_user_and_the_day_it_was_last_seen(phone, crp):
    Device.objects.update(last_seen_on="2026-01-02")
    found = queries.device_of(actions.token_hash(phone[1]))
    assert (found.user_id, found.last_seen_on) == (crp.pk, date(2026, 1, 2))


def test_a_revoked_phone_is_not_known_any_more(phone):
    device, token = phone
    with acting(SYSTEM):
        actions.revoke_device(device=device, at=NOW, by=SYSTEM)
    assert queries.device_of(actions.token_hash(token)) is None
    assert Device.objects.get().revoked_at == NOW
    assert trail_of(device)[-1] == ("access.device.revoked", None)


def test_the_phone_of_a_closed_account_is_not_known(phone, crp):
    with acting(SYSTEM):
        actions.deactivate_user(user=crp, by=SYSTEM)
    assert queries.device_of(actions.token_hash(phone[1])) is None


def test_no_two_tokens_are_alike(phone, crp):
    with acting(SYSTEM):
        _other, token = actions.enrol_device(user=crp, label="Another", at=NOW, by=SYSTEM)
    assert token != phone[1]
    assert len(token) >= 43


def test_a_stranger_neither_closes_an_account_nor_changes_a_phone(phone, crp, stranger):
    device, _token = phone
    for change in (
        lambda: actions.deactivate_user(user=crp, by=stranger),
        lambda: actions.give_password(user=crp, by=stranger),
        lambda: actions.revoke_device(device=device, at=NOW, by=stranger),
        lambda: actions.enrol_device(user=crp, label="Mine", at=NOW, by=stranger),
    ):
        with pytest.raises(DatabaseError, match="not yours to change"), acting(stranger):
            change()
    crp.refresh_from_db()
    assert crp.is_active
    assert [one.revoked_at for one in Device.objects.all()] == [None]


def test_the_database_knows_the_same_roles(db):
    kept = set(RolePermission.objects.values_list("role", "permission"))
    assert kept == {(key, str(permission)) for key, role in ROLES.items() for permission in role.permissions}
    assert {permission for _role, permission in kept} <= set(Permission)
    assert str(RolePermission.objects.get(role="administrator", permission="user.manage")) == "administrator: user.manage"
