"""The nation's pipeline on synthetic data: village counts, months of figures, returns of the States, national tables, four public
releases and their attack, the dashboard."""

import gzip
import json as codec
import os
import random
import resource
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

import numpy as np

from bench import library

STATES, DISTRICTS, VILLAGES_A_DISTRICT, MONTHS = 36, 763, 100, 24
FIRST = date(2024, 4, 1)
A_MONTH_OF_A_DISTRICT = 14
"""Mean of a measure of persons in a district and month; districts differ widely (gamma, shape 0.8)."""
PAGES = 20
SEED = 20
AT = datetime(2026, 6, 1, tzinfo=UTC)
RETURNED_FROM, RETURNED_AT = date(2026, 1, 1), datetime(2028, 6, 1, tzinfo=UTC)
"""Two years from when the heads of the returns hold, and a day when they are over."""


def main(*, json: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
        os.chmod(folder, 0o711)
        figures = _measured()
    if not json:
        for name, figure in figures.items():
            print(f"{name:>22} {figure}")
    print(codec.dumps(figures))


def _measured() -> dict:
    from aanchal.config import cli

    server = cli.ready()
    try:
        half = _pipeline(_districts(DISTRICTS // 2), is_released=False)
        rest = _districts(DISTRICTS - DISTRICTS // 2)
        began = time.perf_counter()
        whole = _pipeline(rest, is_released=True)
        returned = _returns()
        pipeline = time.perf_counter() - began
        again = _pipeline([], is_released=False)
        assert again["digests"] == whole["digests"], "run twice, the figures differ"
        assert _tables() == returned["tables"], "made twice, the national tables differ"
        return {
            "pipeline_s": round(pipeline, 1),
            "counting_s": round(whole["seconds"], 1),
            "release_s": round(whole["release_s"], 1),
            "returns_s": round(returned["returns_s"], 1),
            "tables_s": round(returned["tables_s"], 1),
            "returned_figures": returned["figures"],
            "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
            "growth": round(whole["seconds"] / half["seconds"], 2),
            **_dashboard(),
            **library.measured(),
            **whole["attack"],
            "states": STATES, "districts": DISTRICTS, "months": MONTHS, "villages": DISTRICTS * VILLAGES_A_DISTRICT,
        }  # fmt: skip
    finally:
        server.stop()


def _districts(n: int) -> list:
    """More districts, spread over the states of the directory, each an interval of numbers with room for its villages."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.places.models import Place
    from aanchal.places.rules import child
    from aanchal.places.terms import Level

    with acting(SYSTEM):
        states = list(Place.objects.filter(level=Level.STATE).order_by("place_no")[:STATES])
        begun = Place.objects.filter(level=Level.DISTRICT).count()
        made = []
        for nth in range(begun, begun + n):
            state = states[nth % len(states)]
            interval = child(state.interval, Level.DISTRICT, 1 + nth // len(states))
            made.append(
                Place(
                    level=Level.DISTRICT, lgd_code=900_000 + nth, name=f"District {nth + 1}", place_no=interval.first,
                    last_no=interval.last, nation_id=state.nation_id, state_id=state.pk,
                )
            )  # fmt: skip
        return Place.objects.bulk_create(made)


def _pipeline(_made: list, *, is_released: bool) -> dict:
    """Every month of all districts there are: counts of villages summed to districts, states and the nation, figures, attention."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.insight import computing, queries, rules
    from aanchal.insight.measures import MEASURES

    with acting(SYSTEM):
        frame = computing.Frame.of(queries.units())
    began, digests = time.perf_counter(), []
    for n in range(MONTHS):
        with acting(SYSTEM):
            counts = _counts(frame, n, MEASURES)
            digests.append(computing.keep(month=rules.month_after(FIRST, n), frame=frame, counts=counts, at=AT, by=SYSTEM).sha256)
    told = {"seconds": time.perf_counter() - began, "digests": digests}
    return told | _released() if is_released else told


def _counts(frame, month: int, measures) -> dict[str, np.ndarray]:
    """A denominator is about four times its numerator, so that shares are shares. The same month gives the same counts."""
    from aanchal.insight.definition import SHIPPED, read
    from aanchal.insight.rolling import THINGS, summed

    districts = [place for place in frame.places if place.level == "DISTRICT"]
    random = np.random.default_rng([SEED, month, 1])
    size = np.random.default_rng(SEED).gamma(0.8, A_MONTH_OF_A_DISTRICT / 0.8, DISTRICTS + 1)[: len(districts)]
    numbers = np.concatenate([place.place_no + 1 + np.arange(VILLAGES_A_DISTRICT) for place in districts])
    found, parts = {}, {one.numerator for one in read(SHIPPED, measures)}
    for key in sorted(measures):
        share = 0.25 if key in parts else 1.0
        means = np.repeat(size / VILLAGES_A_DISTRICT * share, VILLAGES_A_DISTRICT)
        slots = range(4) if measures[key].of_people else [THINGS]
        told = [random.poisson(means * (0.25 if measures[key].of_people else 4.0)) for _ in slots]
        where = [np.flatnonzero(one) for one in told]
        found[key] = summed(
            np.concatenate([numbers[one] for one in where]),
            np.concatenate([np.full(len(one), slot) for one, slot in zip(where, slots, strict=True)]),
            np.concatenate([one[at] for one, at in zip(told, where, strict=True)]),
            frame.units,
        )
    return found


def _released() -> dict:
    """A year of four quarters, each published, the last with the year: the attacker's reports."""
    from aanchal.access import actions as access
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import insight
    from aanchal.insight import rules
    from aanchal.places.queries import nation

    with acting(SYSTEM):
        users = [access.create_user(username=f"analyst{n}", name="analyst", password=None, at=AT, by=SYSTEM) for n in range(2)]
        for user in users:
            access.post(user=user, role="national_analyst", place=nation(), since=date(2020, 1, 1), by=SYSTEM)
    began, reports = time.perf_counter(), []
    for quarter in range(4):
        release = insight.publish(starts_on=rules.month_after(FIRST, 12 + 3 * quarter), analyst=users[0], second=users[1], at=AT)
        reports += release.reports.values()
    return {
        "release_s": time.perf_counter() - began,
        "attack": {
            "recovered_cells": sum(one["exactly"] for one in reports), "recovered_within_2": sum(one["nearly"] for one in reports),
            "hidden_cells": sum(one["hidden"] for one in reports), "cells": sum(one["cells"] for one in reports),
        },
    }  # fmt: skip


def _returns() -> dict:
    """Two years of quarterly returns with their police districts, checked, approved, accepted and locked; then the national tables."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import nodal as demo
    from aanchal.insight import rules as insight
    from aanchal.nodal import actions, rules
    from aanchal.nodal.models import Figure
    from aanchal.places.models import Place
    from aanchal.places.terms import Level

    made, began = random.Random(SEED), time.perf_counter()
    with acting(SYSTEM):
        states = list(Place.objects.filter(level=Level.STATE).order_by("place_no")[:STATES])
        parts = {state: list(Place.objects.filter(state=state, level=Level.DISTRICT)) for state in states}
    streams = {district.pk: demo.figures(made, made.randint(2, 9)) for one in parts.values() for district in one}
    for quarter in range(MONTHS // 3):
        starts_on = insight.month_after(RETURNED_FROM, 3 * quarter)
        with acting(SYSTEM):
            due_on = rules.last_day("QUARTER", starts_on) + timedelta(days=20)
            call = actions.call(period="QUARTER", starts_on=starts_on, due_on=due_on, at=RETURNED_AT, by=SYSTEM)
        for state in states:
            told = {district.pk: next(streams[district.pk]) for district in parts[state]}
            cells = {(head, district): n for district, of in told.items() for head, n in of.items()}
            cells |= {(head, None): sum(of[head] for of in told.values()) for head in next(iter(told.values()))}
            demo.take(call, state, cells, dict.fromkeys(("state_mis", "nodal_officer", "analyst"), SYSTEM), RETURNED_AT, steps=4)
    returned, began = time.perf_counter() - began, time.perf_counter()
    tables = _tables()
    with acting(SYSTEM):
        return {"returns_s": returned, "tables_s": time.perf_counter() - began, "tables": tables, "figures": Figure.objects.count()}


def _tables() -> dict[str, list]:
    """Every head of the nation over time, as the national tables show it."""
    from aanchal.access.acting import acting
    from aanchal.access.models import User
    from aanchal.nodal import queries
    from aanchal.places.queries import nation

    analyst = User.objects.get(username="analyst0")
    with acting(analyst):
        place = nation()
        found = {key: [(one.starts_on, one.value) for one in queries.series(analyst, key, place)] for key, _title in queries.series_keys()}
    return {key: points for key, points in found.items() if points}


def _dashboard() -> dict:
    """The nation's page as the analyst opens it: the median of twenty, in the server, and what goes over the wire compressed."""
    from django.conf import settings
    from django.test import Client

    from aanchal.access.models import User
    from aanchal.places.queries import nation

    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="analyst0"), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    path, taken = f"/insight/{nation().pk}/", []
    client.get(path)
    for _ in range(PAGES):
        began = time.perf_counter()
        page = client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        assert page.status_code == 200
    sizes = {"dashboard_kb": len(page.content), "dashboard_gz_kb": len(gzip.compress(page.content))}
    return {"dashboard_ms": round(statistics.median(taken), 1), **{name: round(size / 1024, 1) for name, size in sizes.items()}}
