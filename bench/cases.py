"""A million survivors' cases: finding one by code, FIR number and name, and opening its page, as a worker with a full case load."""

import json as codec
import os
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg

CASES = 1_000_000
ASSIGNED = 200
"""Cases of the one worker who is measured: several times what one person can carry."""
LOOKUPS = 200
PAGES = 100
FILL = Path(__file__).with_name("fill_cases.sql")


def main(*, json: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        figures = _measured()
    if not json:
        for name, figure in figures.items():
            print(f"{name:>20} {figure}")
    print(codec.dumps(figures))


def _measured() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        place, worker = _people()
        with psycopg.connect(server.conninfo("aanchal"), autocommit=True, cursor_factory=psycopg.ClientCursor) as superuser:
            began = time.perf_counter()
            _fill(superuser, place, worker)
            filled = time.perf_counter() - began
        ids = _told(worker)
        searched = {kind: _searched(worker, kind, texts) for kind, texts in ids.items()}
        pages, queries = _pages(worker, [pk for pk, _ in ids["code"]][:PAGES])
        every = sorted(taken for times in searched.values() for taken in times)
        return {
            "search_p95_ms": round(_p95(every), 2),
            **{f"search_{kind}_p95_ms": round(_p95(sorted(times)), 2) for kind, times in searched.items()},
            "page_queries": max(queries),
            "page_p95_ms": round(_p95(sorted(pages)), 1),
            "page_median_ms": round(statistics.median(pages), 1),
            "cases": CASES,
            "assigned": ASSIGNED,
            "fill_seconds": round(filled, 1),
        }
    finally:
        server.stop()


def _people() -> tuple:
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import state
    from aanchal.config.demo.pilot import load_places
    from aanchal.places.models import Place

    with acting(SYSTEM):
        load_places(by=SYSTEM)
        place = Place.objects.filter(level="DISTRICT", lgd_code__gte=state.FIRST_CODE).first()
        worker = actions.create_user(username="worker", name="worker", password=None, at=timezone.now(), by=SYSTEM)
        actions.post(user=worker, role="case_worker", place=place, since=date(2020, 1, 1), by=SYSTEM)
    return place, worker


def _fill(superuser, place, worker) -> None:
    told = {"all": CASES, "assigned": ASSIGNED, "place": place.pk, "place_no": place.place_no, "worker": f"'{worker.pk}'"}
    statement = FILL.read_text()
    for name, value in told.items():
        statement = statement.replace(f":{name};", f"{value};").replace(f":{name} ", f"{value} ").replace(f":{name},", f"{value},")
    superuser.execute(statement)
    superuser.execute("VACUUM ANALYZE")
    superuser.execute("CHECKPOINT")


def _told(worker) -> dict[str, list[tuple]]:
    """What is searched for: (id of the case, text). Each of hers is told a name, an FIR, a goal, a consent, by the actions."""
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.access.policy import day_in_india
    from aanchal.cases import actions, consenting
    from aanchal.cases.models import Case

    now, codes, firs, names = timezone.now(), [], [], []
    today = day_in_india(now)
    with acting(worker):
        for n, case in enumerate(Case.objects.order_by("pk")[:ASSIGNED]):
            name, fir = f"Synthetic {_word(n)}", f"{n + 1}/2026"
            actions.tell_identity(case=case, identity=actions.Identity(name=name, guardian_name="Synthetic"), by=worker)
            actions.mark_fir(case=case, number=fir)
            until = today + timedelta(days=365)
            agreed = consenting.ConsentDetails("SUPPORT", "SELF", "SPOKEN", "hi", ("WHY", "WITHDRAW", "REFUSE"), until)
            consenting.record_consent(case=case, details=agreed, on=today, at=now, by=worker)
            goal = {"support": "LEGAL", "words": "a goal", "is_her_wish": True, "due_on": None, "on": today, "at": now, "by": worker}
            actions.set_goal(case=case, **goal)
            for _ in range(5):
                actions.record_visit(case=case, seen="PHONE", danger="NONE", words="a visit", on=today, at=now, by=worker)
            codes.append((case.pk, case.shown_code))
            firs.append((case.pk, fir))
            names.append((case.pk, name))
    return {"code": codes, "fir": firs, "name": names}


def _word(n: int) -> str:
    """A name that sounds like no other of them."""
    word = ""
    for sounds in ("ktps", "rl", "ktps", "rl", "ktps"):
        n, digit = divmod(n, len(sounds))
        word += sounds[digit] + "u"
    return word


def _searched(worker, kind: str, texts: list[tuple]) -> list[float]:
    """Milliseconds of each search, in a transaction of its own as a request has it; that it was found is asserted."""
    from django.utils import timezone

    from aanchal.access.acting import acting
    from aanchal.cases import finding

    look = {"code": finding.by_code, "fir": finding.by_fir, "name": finding.by_name}[kind]
    taken = []
    for n in range(LOOKUPS):
        pk, text = texts[n % len(texts)]
        began = time.perf_counter()
        with acting(worker):
            found = list(look(worker, text, timezone.now())[: finding.MOST])
        taken.append((time.perf_counter() - began) * 1000)
        assert [one.pk for one in found] == [pk], (kind, text)
    return taken


def _pages(worker, ids: list) -> tuple[list[float], list[int]]:
    """Milliseconds of the whole request, and its questions to the database (BEGIN and COMMIT are none)."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client = Client(SERVER_NAME="localhost")
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    pages, queries = [], []
    for pk in ids:
        began = time.perf_counter()
        answer = client.get(f"/cases/{pk}/")
        pages.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    for pk in ids[:10]:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/cases/{pk}/")
        queries.append(len([one for one in asked.captured_queries if one["sql"].split()[0] in ("SELECT", "UPDATE", "INSERT", "WITH")]))
    return pages, queries


def _p95(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]
