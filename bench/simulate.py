"""One process of simulated runs: python -m bench.simulate BLOCK START STOP STEP. The last line is one JSON object."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from bench import simulation  # noqa: E402

ordinal, start, stop, step = map(int, sys.argv[1:])
with connection.cursor() as cursor:
    cursor.execute("SET synchronous_commit = off")  # nobody is killed here: tests/trust does that
ground = simulation.ground(ordinal)
found = dict.fromkeys(("runs", "lost", "doubled", "out_of_scope", "unrecorded_conflicts", "acknowledged", "conflicts"), 0)
why = []
for seed in range(start, stop, step):
    told = simulation.run(ground, seed)
    found["runs"] += 1
    for name in found.keys() - {"runs"}:
        found[name] += getattr(told, name)
    why += [f"seed {seed}: {line}" for line in told.why[:5]]
print(json.dumps(found | {"why": why[:20]}))
