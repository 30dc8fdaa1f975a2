"""Addresses of finding someone."""

from django.urls import path

from aanchal.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("found/", views.found_people, name="found-people"),
    path("found/new/", views.record_found, name="record-found"),
    path("found/<uuid:pk>/", views.found, name="found"),
    path("found/<uuid:pk>/open/", views.open_found, name="found-open"),
    path("names/", views.names, name="names"),
    path("models/", views.models, name="models"),
    path("models/learn/", views.learn, name="learn"),
    path("models/<uuid:pk>/decide/", views.decide_model, name="decide-model"),
    path("tasks/<uuid:pk>/done/", views.complete_task, name="task-done"),
    path("<uuid:pk>/", views.pair, name="pair"),
    path("<uuid:pk>/open/", views.open_pair, name="pair-open"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/look-again/", views.look_again, name="look-again"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
]
