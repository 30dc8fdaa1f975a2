"""What the pilot's money brought: spent under a head against what was counted in the same year."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import counts
from aanchal.money import queries, rules
from aanchal.money.models import Budget
from aanchal.portal.counts import helped

OUTCOMES = (  # head, what was counted, its words
    ("WORKSHOPS", "workshops", gettext_lazy("workshop held")),
    ("MEETINGS", "meetings", gettext_lazy("meeting held")),
    ("TRAINING", "trained", gettext_lazy("person trained, each once")),
    ("IEC", "reached", gettext_lazy("person reached by the campaign")),
)


def _title(told: queries.HeadTold) -> str:
    return f"{told.head.number}. {told.head.title}"


def _helped(budget: Budget, together: int, skills: queries.HeadTold) -> list[dict]:
    """Rounded counts; where they are small they are hidden, and what each cost with them."""
    families, placed = helped(budget.place, budget.starts_on)
    told = (
        (_("All heads together"), _("family to whom a benefit or a loan came, about"), together, families),
        (_title(skills), _("survivor placed in work, about"), skills.spent, placed),
    )
    return [
        {"title": title, "words": words, "n": n, "spent": spent, "is_hidden": n is None, "each": spent // n if n else None}
        for title, words, spent, n in told
    ]


@require_safe
@requires(Permission.MONEY_READ)
def outcomes(request, pk):
    budget = Budget.objects.select_related("place").filter(pk=pk).first()
    if budget is None or not all(policy.can(request.user, one, budget) for one in (Permission.MONEY_READ, Permission.ACTIVITY_READ)):
        raise Http404
    until = min(policy.day_in_india(timezone.now()), rules.last_day(budget.starts_on))
    counted, spent = counts.outcomes(budget.place, budget.starts_on, until), queries.by_head(budget)
    by_key = {one.head.key: one for one in spent}
    rows = [
        {"title": _title(by_key[key]), "words": words, "n": counted[what], "spent": by_key[key].spent,
         "each": by_key[key].spent // counted[what] if counted[what] else None}
        for key, what, words in OUTCOMES
    ]  # fmt: skip
    rows += _helped(budget, sum(one.spent for one in spent), by_key["SKILLS"])
    crumbs = [{"label": _("Money"), "url": reverse("money:budgets")}, {"label": budget.title, "url": reverse("money:budget", args=[pk])}]
    context = {"heading": _("Cost for each outcome"), "budget": budget, "rows": rows, "crumbs": [*crumbs, {"label": _("Outcomes")}]}
    return render(request, "portal/outcomes.html", context)
