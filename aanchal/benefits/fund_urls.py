"""Addresses of funds and loans."""

from django.urls import path

from aanchal.benefits.views import cohort, funds, loan, norms, organisations

urlpatterns = [
    path("", funds.funds, name="funds"),
    path("norms/", norms.norms, name="norms"),
    path("norms/<slug:kind>/", norms.norm, name="norm"),
    path("groups/", cohort.take_in, name="groups-import"),
    path("organisations/", organisations.cbos, name="cbos"),
    path("organisations/enter/", organisations.enter, name="cbo-enter"),
    path("organisations/<uuid:pk>/", organisations.cbo, name="cbo"),
    path("<uuid:pk>/", funds.fund, name="fund"),
    path("loans/<uuid:pk>/", loan.loan, name="loan"),
    path("bookings/<uuid:pk>/reverse/", funds.reverse_voucher, name="voucher-reverse"),
]
