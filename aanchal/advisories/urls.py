"""Addresses of advisories."""

from django.urls import path

from aanchal.advisories.views import advisories, desk

app_name = "advisories"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("all/", advisories.advisories, name="list"),
    path("new/", advisories.new, name="new"),
    path("<uuid:pk>/", advisories.advisory, name="advisory"),
    path("<uuid:pk>/compliance/", advisories.compliance, name="compliance"),
    path("<uuid:pk>/act/", advisories.act, name="act"),
    path("<uuid:pk>/tasks/", desk.tasks, name="tasks"),
    path("directions/<uuid:pk>/drop/", advisories.drop, name="drop"),
    path("tasks/<uuid:pk>/", desk.task, name="task"),
    path("tasks/<uuid:pk>/answer/", desk.answer, name="answer"),
    path("tasks/<uuid:pk>/decide/", desk.decide, name="decide"),
    path("answers/<uuid:pk>/file/", desk.file, name="file"),
]
