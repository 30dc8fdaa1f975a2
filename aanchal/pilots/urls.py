"""Addresses of the pilots."""

from django.urls import path

from aanchal.pilots import views

app_name = "pilots"
urlpatterns = [
    path("", views.pilots, name="pilots"),
    path("export/", views.export, name="export"),
    path("<uuid:pk>/", views.pilot, name="pilot"),
    path("aims/<uuid:pk>/told/", views.tell_aim, name="tell-aim"),
    path("phases/<uuid:pk>/end/", views.end_phase, name="end-phase"),
    path("strategies/<uuid:pk>/", views.strategy, name="strategy"),
]
