"""Addresses of plans and entitlements."""

from django.urls import path

from aanchal.benefits.views import board, cohort, entitlement, insurance, livelihood, plan

urlpatterns = [
    path("", board.entitlements, name="entitlements"),
    path("export/", board.export, name="entitlements-export"),
    path("camp/", board.at_camp, name="camp"),
    path("counts/", cohort.cohort, name="cohort"),
    path("plan/<uuid:pk>/", plan.family_plan, name="plan"),
    path("plan/<uuid:pk>/scheme/<slug:code>/", plan.scheme, name="plan-scheme"),
    path("plan/<uuid:pk>/private/", plan.private, name="plan-private"),
    path("plan/<uuid:pk>/apply/", plan.apply, name="plan-apply"),
    path("plan/<uuid:pk>/had/", plan.had_before, name="plan-had"),
    path("plan/<uuid:pk>/ask/", plan.ask, name="plan-ask"),
    path("plan/<uuid:pk>/join/", plan.join, name="plan-join"),
    path("plan/<uuid:pk>/train/", plan.train, name="plan-train"),
    path("plan/<uuid:pk>/livelihood/", plan.live_by, name="plan-livelihood"),
    path("training/<uuid:pk>/", livelihood.move_training, name="training-move"),
    path("livelihood/<uuid:pk>/", livelihood.move_plan, name="livelihood-move"),
    path("claims/<uuid:pk>/", insurance.settle, name="claim-settle"),
    path("insurance/<uuid:pk>/premium/", insurance.pay, name="premium"),
    path("insurance/<uuid:pk>/claim/", insurance.claim, name="claim"),
    path("<uuid:pk>/", entitlement.entitlement, name="entitlement"),
]
