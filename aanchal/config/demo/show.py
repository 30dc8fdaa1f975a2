"""Loads the pilot through the endpoint a phone uses, and tells who can sign in."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from queue import SimpleQueue

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.utils import timezone
from tqdm import tqdm

from aanchal.access import actions as access
from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.roles import ROLES
from aanchal.config.demo import (
    advice,
    awards,
    chosen,
    courses,
    differing,
    directory,
    finding,
    follow_ups,
    helped,
    insight,
    nodal,
    own_form,
    pilot,
    posters,
    rehab,
    rescue,
    selection,
    state,
    submissions,
    survivors,
    touch,
    twice,
    units,
    year,
)
from aanchal.config.demo.pilot import Account
from aanchal.field import order
from aanchal.field.tasks import release_in_order
from aanchal.inbox.models import Submission
from aanchal.places.models import Place

PHONES_AT_ONCE = 6
BOUNDARY = "----aanchal-demo"


class Unexpected(Exception):
    """The server answered the pilot's post otherwise than the pilot expects."""


def is_refused() -> bool:
    with acting(SYSTEM):
        real = Submission.objects.exclude(place__lgd_code__gte=state.FIRST_CODE).exists()
    return settings.PRODUCTION or real


def load_once() -> list[Account]:
    """The accounts with their passwords when the pilot was loaded now; nothing when it stands already."""
    with acting(SYSTEM):
        if Place.objects.filter(lgd_code=state.FIRST_CODE).exists():
            return []
        now = timezone.now()
        pilot.load_places(by=SYSTEM)
        accounts = pilot.open_accounts(at=now, by=SYSTEM)
        tokens = pilot.enrol_phones(at=now, by=SYSTEM)
        pilot.adopt_roadmaps(on=policy.day_in_india(now), at=now, by=SYSTEM)
        selection.load(at=now, by=SYSTEM)
        for account in accounts:
            if ROLES[account.role].needs_second_factor:
                totp.TOTP.activate(account.user, totp.generate_totp_secret())
    with _site() as port:
        _post_all(pilot.by_phone(submissions.submissions(submissions.SEED, policy.day_in_india(now)), tokens), port)
        what_follows(accounts, tokens, port, at=now)
    return accounts


def what_follows(accounts: list[Account], tokens: dict[int, str], port: int, *, at: datetime) -> None:
    """All that is told after the first forms: later visits, searches, benefits, rescues, cases, money, meetings, returns."""
    users = {account.user.username: account.user for account in accounts}
    village = accounts[0].place
    visit_again(tokens, port)
    own_form.answer(tokens, port, _post_all, at=at, by=users["state_mis"])
    own_the_index(accounts)
    hear_differently(accounts)
    finding.load(at=at, officer=next(account.user for account in accounts if account.role == "ahtu_officer"))
    record_twice(accounts)
    touch.load(at=at, users=users)
    rescue.load(at=at, officer=users["ahtu_officer"])
    helped.load(village=village, worker=users["crp"], leader=users["vo_leader"], at=timezone.now())
    rehab.load(at=timezone.now(), users=users, block=village.block)
    survivors.load(at=timezone.now(), users=users)
    year.load(district=village.district, users=users, at=timezone.now())
    nodal.tell(accounts, at=timezone.now())
    units.load(state=village.state, users=users, at=timezone.now())
    directory.load(district=village.district, users=users, at=timezone.now())
    awards.load(district=village.district, users=users, at=timezone.now())
    courses.load(district=village.district, officer=users["programme_officer"], at=timezone.now())
    chosen.begin(state=village.state, officer=users["programme_officer"], at=timezone.now())
    insight.load(state=village.state, users=users, at=timezone.now())
    advice.load(village=village, users=users, at=timezone.now())
    posters.load(village=village, users=users, at=timezone.now())


def visit_again(tokens: dict[int, str], port: int) -> None:
    """Families met before; the visit that follows one which never came is applied as after a week's waiting."""
    now = timezone.now()
    _post_all(pilot.by_phone(follow_ups.visits(submissions.SEED, policy.day_in_india(now)), tokens), port)
    with acting(SYSTEM):
        release_in_order(at=now + order.PATIENCE + timedelta(days=1))


def own_the_index(accounts: list[Account]) -> None:
    """What people do with the index once it has spoken: a village signs its own points, a family disputes an answer."""
    users = {account.user.username: account.user for account in accounts}
    now = timezone.now()
    with acting(users["vo_leader"]):
        pilot.sign_own_points(at=now, by=users["vo_leader"])
    with acting(users["crp"]):
        pilot.dispute_an_answer(at=now, by=users["crp"])


def hear_differently(accounts: list[Account]) -> None:
    """The officer visited families too, on the same days as their worker."""
    users = {account.user.username: account for account in accounts}
    workers = [users[name].user for name in ("crp", "block_officer")]
    differing.tell_differently(village=users["crp"].place, workers=workers, at=timezone.now())


def record_twice(accounts: list[Account]) -> None:
    """A family stands in the records twice, and someone who left may be back."""
    worker = next(account for account in accounts if account.user.username == "crp")
    twice.load(village=worker.place, worker=worker.user, at=timezone.now())


def new_passwords() -> list[Account]:
    accounts = []
    with acting(SYSTEM):
        for username, (role, _level) in pilot.ROLES.items():
            user = User.objects.get(username=username)
            password = access.give_password(user=user, by=SYSTEM)
            accounts.append(Account(user, role, user.postings.first().place, password))
    return accounts


def code_of(username: str) -> str | None:
    """The code an authenticator app would show now; None for who signs in without one, or not at all.

    Only here, for synthetic users: in use, the secret never leaves the officer's phone.
    """
    authenticator = Authenticator.objects.filter(user__username=username, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return None
    secret = decrypt(authenticator.data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def signing_in(accounts: list[Account]) -> str:
    if not accounts:
        return "The demo was loaded before; its passwords were shown then. `script/demo --new-passwords` gives new ones."
    lines = ["Sign in as (passwords are shown only now):"]
    for account in accounts:
        code = "  + a code: script/demo --code " + account.user.username if ROLES[account.role].needs_second_factor else ""
        lines.append(f"  {account.user.username:<17} {account.password:<22} {ROLES[account.role].name}, {account.place.name}{code}")
    return "\n".join(lines)


@contextmanager
def _site():
    """The web server of its own, for as long as the phones send."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "aanchal", "serve", "--no-worker"],
        env={**os.environ, "BIND": f"127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    for _attempt in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Unexpected("the site did not start")


def _post_all(phones: list, port: int) -> None:
    """Each phone sends in its own order; a few phones send at a time."""
    waiting, wrong = SimpleQueue(), []
    for phone in phones:
        waiting.put(phone)
    with tqdm(total=sum(map(len, phones)), desc="Phones send", unit="form", file=sys.stderr) as progress:
        senders = [threading.Thread(target=_send_some, args=(waiting, port, progress, wrong)) for _ in range(PHONES_AT_ONCE)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    if wrong:
        raise Unexpected("; ".join(wrong[:5]))


def _send_some(waiting: SimpleQueue, port: int, progress: tqdm, wrong: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not waiting.empty():
        for token, sent in waiting.get():
            body = _multipart(sent)
            connection.request("POST", f"/d/{token}/submission", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != sent.expectation.status:
                wrong.append(f"{sent.form_id} ({sent.expectation.kind}): {answer.status}, expected {sent.expectation.status}")
            progress.update()
    connection.close()


def _multipart(sent) -> bytes:
    parts = [("xml_submission_file", "submission.xml", "text/xml", sent.xml)]
    parts += [(name, name, "application/octet-stream", content) for name, content in sent.attachments.items()]
    out = bytearray()
    for name, file, kind, content in parts:
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
        out += content + b"\r\n"
    return bytes(out + f"--{BOUNDARY}--\r\n".encode())
