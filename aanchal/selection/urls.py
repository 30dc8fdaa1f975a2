"""Addresses of the selection of districts and blocks."""

from django.urls import path

from aanchal.selection.views import place, run, runs

app_name = "selection"
urlpatterns = [
    path("", runs.index, name="index"),
    path("new/", runs.new, name="new"),
    path("compare/", runs.compare, name="compare"),
    path("<uuid:pk>/", run.run, name="run"),
    path("<uuid:pk>/figures/", run.figures, name="figures"),
    path("<uuid:pk>/keep/", run.keep, name="keep"),
    path("<uuid:pk>/submit/", run.submit, name="submit"),
    path("<uuid:pk>/decide/", run.decide, name="decide"),
    path("<uuid:pk>/places/<int:place>/", place.place, name="place"),
    path("<uuid:pk>/places/<int:place>/choose/", place.choose, name="choose"),
    path("<uuid:pk>/places/<int:place>/record/", place.record, name="record"),
]
