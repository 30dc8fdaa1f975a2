"""Addresses of keeping touch."""

from django.urls import path

from aanchal.tracking.views import alerts, departures, journeys, searches

app_name = "tracking"
urlpatterns = [
    path("", journeys.journeys, name="journeys"),
    path("journeys/<uuid:pk>/", journeys.journey, name="journey"),
    path("journeys/<uuid:pk>/open/", journeys.open_contacts, name="journey-open"),
    path("journeys/<uuid:pk>/check-in/", journeys.check_in, name="check-in"),
    path("journeys/<uuid:pk>/end/", journeys.end, name="journey-end"),
    path("journeys/<uuid:pk>/kit/", departures.kit, name="kit"),
    path("depart/", departures.register, name="depart"),
    path("alerts/", alerts.queue, name="alerts"),
    path("alerts/<uuid:pk>/", alerts.alert, name="alert"),
    path("alerts/<uuid:pk>/close/", alerts.close, name="alert-close"),
    path("alerts/<uuid:pk>/snooze/", alerts.snooze, name="alert-snooze"),
    path("alerts/<uuid:pk>/hand-up/", alerts.hand_up, name="alert-hand-up"),
    path("alerts/<uuid:pk>/merge/", alerts.merge, name="alert-merge"),
    path("missing/", searches.missing, name="missing"),
    path("missing/<uuid:pk>/", searches.search, name="search"),
    path("missing/<uuid:pk>/move/", searches.move, name="search-move"),
    path("missing/<uuid:pk>/close/", searches.close, name="search-close"),
    path("without-trace/", searches.no_trace, name="no-trace"),
    path("without-trace/<uuid:pk>/", searches.look_for, name="look-for"),
    path("clocks/", searches.clocks, name="clocks"),
    path("clocks/<slug:key>/", searches.change_clock, name="clock"),
]
