"""Checklists as data: what ships with the program."""

from pathlib import Path

from aanchal.core.action import action
from aanchal.core.yaml_files import read_yaml
from aanchal.rescue.models import Sop

SHIPPED = Path(__file__).with_name("sops.yaml")


@action
def load(*, by) -> int:
    """Each shipped version of a checklist that the database does not know yet. An operation keeps the version it was planned by."""
    known = set(Sop.objects.values_list("matter", "version"))
    told = read_yaml(SHIPPED)
    fresh = [one for one in told["sops"] if (one["matter"], one["version"]) not in known]
    Sop.objects.bulk_create(
        Sop(**one | {"steps": [{"key": key} | told["steps"][key] for key in one["steps"]]}) for one in fresh
    )
    return len(fresh)
