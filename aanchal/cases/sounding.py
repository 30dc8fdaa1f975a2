"""Cases that were opened before names had a mark of their sound get one: so that they too are found in any script."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from aanchal.cases import finding
from aanchal.cases.models import CaseIdentity, Mark
from aanchal.cases.terms import MarkKind
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new

A_BATCH = 500


@action
def fill_sounds(*, by, after: UUID | None = None) -> CaseIdentity | None:
    """Of a batch; that each name was opened is on the trail. The last of a full batch, from which to go on; None at the end."""
    silent = list(_silent(after)[:A_BATCH])
    insert(*(mark for one in silent if (mark := _mark(one))))
    return silent[-1] if len(silent) == A_BATCH else None


def _silent(after: UUID | None) -> Iterable[CaseIdentity]:
    sound = Mark.objects.filter(case=OuterRef("case"), kind=MarkKind.SOUND)
    found = CaseIdentity.objects.filter(~Exists(sound)).select_related("case__place").order_by("pk")
    return found.filter(pk__gt=after) if after else found


def _mark(identity: CaseIdentity) -> Mark | None:
    """None where her name is not known or nothing of it can be heard."""
    trail.write("cases.identity.opened", about=identity.case, reason="SOUND")
    name = identity.told().get("name", "")
    heard = finding.sound_mark(name, identity.case.place) if name else None
    return new(Mark, case=identity.case, place_no=identity.place_no, kind=MarkKind.SOUND, mark=heard) if heard else None
