"""Addresses of the Nodal Cell."""

from django.urls import path

from aanchal.nodal.views import (
    areas,
    calls,
    correcting,
    courses,
    meetings,
    officers,
    questionnaire,
    returns,
    scheme,
    series,
    training,
    writing,
)

app_name = "nodal"
urlpatterns = [
    path("returns/", calls.calls, name="calls"),
    path("returns/calls/<slug:period>/", calls.call, name="call"),
    path("returns/calls/<slug:period>/open/", calls.open_return, name="open"),
    path("returns/calls/<slug:period>/remind/", calls.remind, name="remind"),
    path("returns/<uuid:pk>/", returns.one_return, name="return"),
    path("returns/<uuid:pk>/step/", returns.step, name="step"),
    path("returns/<uuid:pk>/explain/", returns.explain, name="explain"),
    path("returns/<uuid:pk>/amend/", returns.amend, name="amend"),
    path("returns/<uuid:pk>/fill/", writing.fill, name="fill"),
    path("returns/<uuid:pk>/draft/", writing.draft, name="draft"),
    path("returns/<uuid:pk>/sheet/", writing.sheet, name="sheet"),
    path("returns/<uuid:pk>/upload/", writing.upload, name="upload"),
    path("returns/uploads/<uuid:pk>/", writing.uploaded, name="uploaded"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<int:pk>/", areas.area, name="area"),
    path("areas/notes/<uuid:pk>/", areas.done, name="area-done"),
    path("questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("series/", series.series, name="series"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/print/", meetings.paper, name="meeting-paper"),
    path("meetings/minutes/<uuid:pk>/", meetings.minutes_file, name="minutes-file"),
    path("meetings/points/<uuid:pk>/", meetings.point, name="point"),
    path("training/", training.training, name="training"),
    path("courses/", courses.courses, name="courses"),
    path("officers/", officers.officers, name="officers"),
    path("units/", scheme.units, name="units"),
    path("units/file/", scheme.table_file, name="units-file"),
    path("units/<int:pk>/", scheme.state, name="state-units"),
    path("units/<uuid:pk>/", scheme.unit, name="unit"),
    path("units/sanctions/<uuid:pk>/", correcting.sanction, name="sanction"),
    path("units/releases/<uuid:pk>/", scheme.released, name="release"),
]
