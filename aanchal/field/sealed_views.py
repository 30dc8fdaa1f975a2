"""The page where an officer takes in a sealed file that a worker brought, and is told what it did."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.field import by_hand, sealed

REFUSED = 422


class SealedFile(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Sealed file"), help_text=gettext_lazy("Its name begins with “aanchal-” and ends with “.sealed”.")
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > sealed.MOST_BYTES:
            raise forms.ValidationError(_("The file is too large: at most %(most)s MB.") % {"most": sealed.MOST_BYTES // 1_000_000})
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SUBMISSION_REVIEW)
def sealed_file(request):
    form = SealedFile(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            found = by_hand.take_in(content=form.cleaned_data["file"].read(), at=timezone.now(), by=request.user)
        except sealed.NotSealed:
            form.add_error("file", _("This is not a sealed file of the app, or not all of it. Nothing was taken in; ask for it again."))
    context = {
        "heading": _("Take in a sealed file"),
        "form": form,
        "found": found,
        "counts": {name.lower(): sum(one.result == name for one in found or ()) for name in (by_hand.NEW, by_hand.KNOWN, by_hand.REFUSED)},
        "crumbs": [{"label": _("Forms to look at"), "url": reverse("review")}, {"label": _("Take in a sealed file")}],
    }
    return render(request, "field/sealed_file.html", context, status=REFUSED if form.errors else 200)
