"""Addresses of the pilot's money."""

from django.urls import path

from aanchal.money.views import budget, files, ledger, papers

app_name = "money"
urlpatterns = [
    path("", budget.budgets, name="budgets"),
    path("heads/", budget.heads, name="heads"),
    path("lists/<slug:listed>/export/", files.export_list, name="list-export"),
    path("heads/import/", files.norms, name="import-norms"),
    path("procurement/", papers.procurement, name="procurement"),
    path("heads/<slug:head>/", budget.norm, name="norm"),
    path("<uuid:pk>/", budget.budget, name="budget"),
    path("<uuid:pk>/plan/", budget.plan, name="plan"),
    path("<uuid:pk>/plan/import/", files.plan, name="import-plan"),
    path("<uuid:pk>/export/<slug:sheet>/", files.export, name="export"),
    path("<uuid:pk>/districts/", budget.districts, name="districts"),
    path("<uuid:pk>/submit/", budget.submit, name="submit"),
    path("<uuid:pk>/decide/", budget.decide, name="decide"),
    path("<uuid:pk>/ledger/", ledger.ledger, name="ledger"),
    path("<uuid:pk>/commitments/", ledger.commitments, name="commitments"),
    path("<uuid:pk>/moves/", papers.moves, name="moves"),
    path("<uuid:pk>/certificates/", papers.certificates, name="certificates"),
    path("commitments/<uuid:pk>/", ledger.commitment, name="commitment"),
    path("commitments/<uuid:pk>/cancel/", ledger.cancel, name="cancel"),
    path("advances/<uuid:pk>/", ledger.advance, name="advance"),
    path("vouchers/<uuid:pk>/reverse/", ledger.reverse_voucher, name="reverse"),
    path("moves/<uuid:pk>/decide/", papers.decide_move, name="decide-move"),
    path("certificates/<uuid:pk>/", papers.certificate, name="certificate"),
    path("certificates/<uuid:pk>/sign/", papers.sign, name="sign"),
]
