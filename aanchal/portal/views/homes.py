"""The first page: one part for each posting."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.web import signed_in
from aanchal.advisories import queries as advisories
from aanchal.portal import homes, posts
from aanchal.posters import queries as posters


@require_safe
@signed_in
def home(request):
    today = policy.day_in_india(timezone.now())
    sections = [homes.section(request.user, posting, on=today) for posting in posts.of(request.user)]
    heading = sections[0].posting.place.local_name if len(sections) == 1 else _("Your work")
    advised = advisories.waiting(request.user, posts.of(request.user), today)
    context = {"heading": heading, "sections": sections, "today": today, "advised": advised, "noticed": posters.waiting(request.user)}
    return render(request, "portal/home.html", context)
