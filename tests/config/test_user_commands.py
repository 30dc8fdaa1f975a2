import io
from argparse import ArgumentParser
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.actions import token_hash
from aanchal.access.models import Device, Posting, User
from aanchal.config import accounts
from aanchal.config.commands import user_command
from aanchal.core.models import Trail


def user(*words: str) -> str:
    parser = ArgumentParser()
    user_command.arguments(parser)
    options = parser.parse_args(words)
    with acting(SYSTEM):
        return accounts.VERBS[options.verb](options)


def verbs():
    with acting(SYSTEM):
        return set(Trail.objects.values_list("verb", flat=True))


def test_it_creates_a_user_with_a_posting_and_a_password_that_opens(india):
    block = india["east block"]
    said = user("add", "Meena", "--name", "A synthetic officer", "--role", "block_officer", "--place", f"{block.lgd_code}/block")
    meena = User.objects.get(username="meena")
    posting = Posting.objects.get(user=meena)
    assert (posting.role, posting.place, posting.until) == ("block_officer", block, None)
    assert meena.check_password(said.rpartition(": ")[2])
    assert {"access.user.created", "access.posting.began"} <= verbs()


def test_it_reads_a_password_from_a_pipe_and_does_not_say_it(india, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("neem-tree-by-the-well\n"))
    said = user("add", "meena", "--password", "stdin", "--language", "hi")
    assert "neem" not in said
    meena = User.objects.get(username="meena")
    assert meena.check_password("neem-tree-by-the-well")
    assert meena.language == "hi"


@pytest.mark.parametrize("password", ["short", "password123", "1234567890", "meena.devi"])
def test_it_refuses_a_password_that_is_short_or_guessed(india, monkeypatch, password):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    with pytest.raises(ValidationError):
        user("add", "meena.devi", "--password", "stdin")
    assert not User.objects.filter(username="meena.devi").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "meena", "--role", "block_officer"), "Give both --role and --place"),
        (("add", "meena", "--role", "king", "--place", "nation"), "There is no role king"),
        (("add", "meena", "--role", "block_officer", "--place", "1/palace"), "There is no place 1/palace"),
        (("post", "nobody", "--role", "block_officer", "--place", "nation"), "There is no user nobody"),
        (("deactivate", "nobody"), "There is no user nobody"),
    ],
)
def test_it_says_what_makes_no_sense(india, words, said):
    with pytest.raises(accounts.CannotDo, match=said):
        user(*words)
    assert not User.objects.filter(username="meena").exists()


def test_it_gives_and_ends_a_posting(india):
    user("add", "meena")
    posting = ("meena", "--role", "state_expert", "--place", "nation")
    user("post", *posting)
    with pytest.raises(accounts.CannotDo, match="holds that already"):
        user("post", *posting)
    user("end", *posting)
    assert Posting.objects.get(user__username="meena").until >= date(2026, 1, 1)
    with pytest.raises(accounts.CannotDo, match="does not hold that"):
        user("end", *posting)


def test_it_lists_who_holds_what_where(india):
    user("add", "meena", "--role", "state_expert", "--place", "nation")
    user("add", "closed")
    user("deactivate", "closed")
    lines = {line.split()[0]: line for line in user("list").splitlines()}
    assert "state_expert at India" in lines["meena"]
    assert lines["closed"].endswith("closed")


def test_it_enrols_a_phone_whose_token_is_kept_only_as_a_hash_and_revokes_it(india):
    user("add", "meena")
    token = user("device", "add", "meena", "red phone").rpartition(": ")[2]
    device = Device.objects.get(label="red phone")
    assert bytes(device.token_hash) == token_hash(token)
    with pytest.raises(accounts.CannotDo, match="already"):
        user("device", "add", "meena", "red phone")
    user("device", "revoke", "meena", "red phone")
    assert Device.objects.get(pk=device.pk).revoked_at
    with pytest.raises(accounts.CannotDo, match="no phone called red phone"):
        user("device", "revoke", "meena", "red phone")


def test_it_makes_passwords_that_differ_and_can_be_read_out():
    made = {accounts.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(set(password) <= set(accounts.LETTERS + "-") and len(password) == 19 for password in made)
