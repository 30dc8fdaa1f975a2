"""Addresses of awards."""

from django.urls import path

from aanchal.awards.views import given, nominating, panel, rounds

app_name = "awards"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("new/", rounds.new, name="new"),
    path("criteria/", rounds.criteria, name="criteria"),
    path("rounds/<slug:of>/", rounds.one_round, name="round"),
    path("rounds/<slug:of>/act/", rounds.act, name="act"),
    path("rounds/<slug:of>/nominate/", nominating.nominate, name="nominate"),
    path("rounds/<slug:of>/panel/", panel.panel, name="panel"),
    path("rounds/<slug:of>/decision/", rounds.decision, name="decision"),
    path("nominations/<uuid:pk>/", nominating.nomination, name="nomination"),
    path("nominations/<uuid:pk>/act/", nominating.act, name="nomination-act"),
    path("before-me/<uuid:pk>/", panel.nominee, name="nominee"),
    path("before-me/<uuid:pk>/evidence/", panel.evidence, name="evidence"),
    path("given/<uuid:pk>/", given.award, name="award"),
    path("given/<uuid:pk>/citation/", given.cite, name="cite"),
    path("given/<uuid:pk>/act/", given.act, name="award-act"),
]
