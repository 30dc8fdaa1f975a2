"""Stories of a place beside its numbers: written, submitted, published by another account, read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.insight import forms, queries, reading, rules, storying, words
from aanchal.insight.actions import Refused
from aanchal.insight.models import Story
from aanchal.insight.storying import OPEN, Told
from aanchal.insight.terms import StoryStanding
from aanchal.insight.views.places import kept
from aanchal.places.models import Place

A_PAGE = 20
REFUSED = 422


@require_safe
@requires(Permission.COUNT_READ)
def stories(request, pk):
    place = kept(request, Permission.COUNT_READ, pk)
    page = Paginator(queries.stories(request.user, place), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Stories: %(place)s") % {"place": place.local_name}, "place": place, "page": page,
        "may_write": policy.covers(request.user, Permission.STORY_WRITE, place), "crumbs": [_indicators(place), {"label": _("Stories")}],
    }  # fmt: skip
    return render(request, "insight/stories.html", context)


@requires(Permission.STORY_WRITE)
def new(request, pk):
    place = place_or_404(request.user, Permission.STORY_WRITE, pk)
    if place.level not in queries.KEPT or not policy.covers(request.user, Permission.STORY_WRITE, place):
        raise Http404
    form = _form(request)
    if form.is_valid():
        try:
            one = storying.write(place=place, told=_told(form), at=timezone.now(), by=request.user)
            messages.success(request, _("The story is kept as a draft."))
            return redirect("insight:story", one.pk)
        except Refused as refused:
            form.add_error(None, words.REFUSED[refused.code])
    return _write(request, place, form, _("Write a story: %(place)s") % {"place": place.local_name})


@requires(Permission.STORY_WRITE)
def change(request, pk):
    one = _story(request.user, pk)
    if one.made_by_id != request.user.pk or one.standing not in OPEN:
        messages.error(request, words.REFUSED["story_not_open"])
        return redirect("insight:story", one.pk)
    names = ("title", "first", "last", "text", "lesson", "photo_words")
    form = _form(request, {name: getattr(one, name) for name in names})
    if form.is_valid():
        try:
            storying.change(story=one, told=_told(form), by=request.user)
            messages.success(request, _("The story is kept as a draft."))
            return redirect("insight:story", one.pk)
        except Refused as refused:
            form.add_error(None, words.REFUSED[refused.code])
    return _write(request, one.place, form, _("Change the story"))


@require_safe
@requires(Permission.COUNT_READ)
def story(request, pk):
    return _page(request, _story(request.user, pk))


@require_POST
@requires(Permission.STORY_WRITE)
def submit(request, pk):
    one = _story(request.user, pk)
    try:
        storying.submit(story=one, by=request.user)
        messages.success(request, _("Submitted: another person decides about it."))
    except Refused as refused:
        messages.error(request, words.REFUSED[refused.code])
    return redirect("insight:story", one.pk)


@require_POST
@requires(Permission.STORY_DECIDE)
def decide(request, pk):
    one = _story(request.user, pk)
    if not policy.can(request.user, Permission.STORY_DECIDE, one):
        raise Http404
    form, to = forms.DecideStoryForm(request.POST), request.POST.get("to")
    if to not in (StoryStanding.PUBLISHED, StoryStanding.RETURNED):
        form.add_error(None, _("Publish it or return it."))
    if form.is_valid():
        try:
            publish = to == StoryStanding.PUBLISHED
            storying.decide(story=one, publish=publish, at=timezone.now(), by=request.user, **form.cleaned_data)
            messages.success(request, _("Published.") if publish else _("Returned."))
            return redirect("insight:story", one.pk)
        except Refused as refused:
            form.add_error(None, words.REFUSED[refused.code])
    return _page(request, one, form, REFUSED)


@require_safe
@requires(Permission.COUNT_READ)
def photo(request, pk):
    one = _story(request.user, pk)
    if one.photo is None:
        raise Http404
    return HttpResponse(bytes(one.photo), content_type="image/jpeg", headers={"Content-Disposition": "inline"})


def _page(request, one: Story, form=None, status: int = 200):
    user, is_mine = request.user, one.made_by_id == request.user.pk
    waits = one.standing == StoryStanding.SUBMITTED and policy.can(user, Permission.STORY_DECIDE, one)
    context = {
        "heading": one.title, "story": one, "has_photo": one.photo is not None, "is_open": is_mine and one.standing in OPEN,
        "form": (form or forms.DecideStoryForm()) if waits and not is_mine else None, "waits_for_another": waits and is_mine,
        "crumbs": [
            _indicators(one.place), {"label": _("Stories"), "url": reverse("insight:stories", args=[one.place_id])}, {"label": one.title},
        ],
        "numbers": _numbers(user, one),
    }  # fmt: skip
    return render(request, "insight/story.html", context, status=status)


def _numbers(user, one: Story) -> list:
    """What was counted in its place in the month in which it ends, for who may count there."""
    if not policy.covers(user, Permission.COUNT_READ, one.place):
        return []
    month = rules.month_of(one.last)
    return [row for section in reading.sections(user, one.place, month) for row in section.rows if row.figure]


def _write(request, place: Place, form, heading: str):
    context = {"heading": heading, "place": place, "form": form, "crumbs": [
        {"label": _("Stories"), "url": reverse("insight:stories", args=[place.pk])}, {"label": heading}]}  # fmt: skip
    return render(request, "insight/write_story.html", context, status=REFUSED if form.errors else 200)


def _form(request, initial=None) -> forms.StoryForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return forms.StoryForm(*sent, initial=initial)


def _told(form: forms.StoryForm) -> Told:
    told = dict(form.cleaned_data)
    sent = told.pop("photo")
    return Told(photo=sent.read() if sent else None, **told)


def _story(user, pk) -> Story:
    """One's own, one that waits for one's decision, or a published one of where one counts."""
    one = Story.objects.select_related("place", "made_by", "decided_by").filter(pk=pk).first()
    if one is None:
        raise Http404
    decides = one.standing != StoryStanding.DRAFT and policy.can(user, Permission.STORY_DECIDE, one)
    reads = one.standing == StoryStanding.PUBLISHED and policy.can(user, Permission.COUNT_READ, one)
    writes = one.made_by_id == user.pk and policy.can(user, Permission.STORY_WRITE, one)
    if not (writes or decides or reads):
        raise Http404
    return one


def _indicators(place: Place) -> dict[str, str]:
    return {"label": _("Indicators: %(place)s") % {"place": place.local_name}, "url": reverse("insight:place", args=[place.pk])}
