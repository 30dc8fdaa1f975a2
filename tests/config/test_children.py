"""Processes that are started together, watched, and stopped together, at whatever moment somebody asks."""

import os
import sys
import time

import pytest

from tests.config.live import Running, end, kill, until

SLEEPERS = """
import sys, time
from aanchal.config.children import Children
def sleeps():
    print("begun", flush=True)
    time.sleep(600)
def fails():
    raise SystemExit(7)
print("ready", flush=True)
work = {"one": sleeps, "other": fails if "fails" in sys.argv else sleeps}
code = Children(work, vital=frozenset({"one"} if "fails" not in sys.argv else {"other"})).run()
print("ended", flush=True)
sys.exit(code)
"""


def start(*words: str) -> Running:
    process = Running([sys.executable, "-c", SLEEPERS, *words], dict(os.environ))
    until(lambda: process.said().startswith("ready\n"), "it is ready", each=0.001)
    return process


def children(process) -> list[int]:
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as found:
        return [int(child) for child in found.read().split()]


@pytest.mark.parametrize("milliseconds", [0, 1, 2, 3, 5, 8, 13, 21])
def test_it_stops_at_whatever_moment_it_is_asked(milliseconds):
    process = start()
    time.sleep(milliseconds / 1000)
    began = time.monotonic()
    code, said = end(process)
    assert time.monotonic() - began < 5
    assert code in (0, -15)
    assert said.count("ended") <= 1


def test_it_stops_while_it_starts_a_child_again():
    process = start()
    one, other = until(lambda: len(children(process)) == 2 and children(process), "both run")
    kill(other)
    until(lambda: len(children(process)) == 2, "another runs")
    began = time.monotonic()
    assert end(process)[0] == 0
    assert time.monotonic() - began < 5
    assert not os.path.exists(f"/proc/{one}")


def test_it_ends_with_one_that_is_vital():
    process = start("fails")
    assert process.wait(30) == 1
    assert "other ended: 7" in process.said()
    assert process.said().count("\nended") == 1
