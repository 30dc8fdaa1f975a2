"""Searches that begin by themselves: each report and each person found is one job of the matching engine.

The engine is imported where a job runs: the processes of the site, which only defer jobs, do without its compiler.
"""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, job_of, program
from aanchal.matching import actions, queries

ENGINE = "matching_engine"


@job_of(ENGINE)
def search_report(entry: str) -> None:
    """A line that was corrected or closed meanwhile has a newer job, or none."""
    from aanchal.matching import searching

    found = queries.open_reports().filter(pk=entry).first()
    if found:
        searching.search_report(found, by=program(ENGINE))


@job_of(ENGINE)
def search_found(found: str) -> None:
    from aanchal.matching import searching

    one = queries.open_found().filter(pk=found).first()
    if one:
        searching.search_found(one, by=program(ENGINE))


@job_of(ENGINE)
def weigh_again(after: str = "") -> None:
    """After another model came into force: what waits for people is weighed by it, part by part; what was decided stays as it was."""
    from aanchal.matching import searching

    if last := searching.weigh_again(after=after, by=program(ENGINE)):
        weigh_again.defer(after=last)


@job
def learn() -> None:
    """A model learnt from all that was decided waits for a person's approval; too few decisions make none."""
    from aanchal.matching import relearning, searching

    at = timezone.now()
    version = f"{at:%Y-%m-%d-%H%M}"
    try:
        told, figures = relearning.learnt(searching.model().told, queries.decided(), version, f"{at:%Y-%m-%d}")
    except relearning.TooFew:
        return
    actions.propose_model(told=told, figures=figures, at=at, by=SYSTEM)
