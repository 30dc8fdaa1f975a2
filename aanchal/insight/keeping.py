"""Tables of one's own under a name: kept, shared, removed."""

from collections.abc import Mapping
from datetime import datetime

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight.actions import Refused
from aanchal.insight.models import SavedTable
from aanchal.places.models import Place


@action
def keep_table(*, place: Place, title: str, asked: Mapping, is_shared: bool, at: datetime, by) -> SavedTable:
    """Raises Refused where she keeps another of this name at this place."""
    if SavedTable.objects.filter(made_by=by.pk, place=place, title=title.strip()).exists():
        raise Refused("name_taken")
    row = SavedTable(
        place=place, place_no=place.place_no, title=title.strip(), asked=dict(asked), is_shared=is_shared, made_by_id=by.pk, made_at=at
    )
    insert(row)
    trail.write("insight.table.kept", about=row, is_shared=is_shared)
    return row


@action
def remove_table(*, table: SavedTable, by) -> None:
    """Raises Refused for another's."""
    if table.made_by_id != by.pk:
        raise Refused("not_your_table")
    trail.write("insight.table.removed", about=table)
    table.delete()
