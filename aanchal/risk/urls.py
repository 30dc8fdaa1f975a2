"""Addresses of the families."""

from django.urls import path

from aanchal.risk.views import appeals, families, family, measures, register, what_if

urlpatterns = [
    path("", families.families, name="families"),
    path("register/", register.register, name="at-risk-register"),
    path("register/export/", register.export, name="at-risk-export"),
    path("measures/", measures.measures, name="measures"),
    path("disputed/", appeals.appeals, name="appeals"),
    path("<uuid:pk>/dispute/", appeals.dispute, name="appeal"),
    path("<uuid:pk>/disputed/<uuid:appeal>/withdraw/", appeals.withdraw, name="appeal-withdraw"),
    path("what-if/", what_if.what_if, name="what-if"),
    path("what-if/families/", what_if.moved, name="what-if-families"),
    path("<uuid:pk>/", family.family, name="family"),
    path("<uuid:pk>/names/", family.names, name="family-names"),
    path("<uuid:pk>/private/", family.private, name="family-private"),
    path("<uuid:pk>/consent/<uuid:consent>/withdraw/", family.withdraw, name="family-withdraw"),
]
