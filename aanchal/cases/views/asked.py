"""What the pages share: the case that was asked for, and how a refusal is shown."""

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from aanchal.access.web import confirmed_first
from aanchal.cases import queries, reading, words
from aanchal.cases.models import Case
from aanchal.cases.rules import NotPossible

REFUSED = 422


def case_or_404(request, pk) -> Case:
    """A case assigned to who asks; any other is answered like one that does not exist."""
    case = queries.case(request.user, pk, timezone.now())
    if case is None:
        raise Http404
    return case


def reach_or_404(request, case: Case, kind: str) -> reading.Reach:
    """What she may do here; 404 where she may not do this kind of thing."""
    reach = reading.reach(request.user, case, timezone.now())
    if not getattr(reach, kind):
        raise Http404
    return reach


def password_first(request, back: str):
    """Her name leaves on paper, as a file or by a link: the page that asks for the password once more, nothing where it was just said."""
    return confirmed_first(request, back, said=_("Her name goes out. Say your password, then press the button once more."))


def row_or_404(rows, pk):
    """A row of this very case."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tried(request, act, done: str):
    """The answer of an action, with a message where there is one; None when it was refused, with why."""
    try:
        answer = act()
    except NotPossible as refused:
        messages.error(request, words.REFUSALS[str(refused)])
        return None
    if done:
        messages.success(request, done)
    return answer if answer is not None else True
