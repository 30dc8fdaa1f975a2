"""Addresses of finding someone."""

from django.urls import path

from aanchal.matching import found_views, model_views, views

app_name = "matching"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("found/", found_views.found_people, name="found-people"),
    path("found/new/", found_views.record_found, name="record-found"),
    path("found/<uuid:pk>/", found_views.found, name="found"),
    path("found/<uuid:pk>/open/", found_views.open_found, name="found-open"),
    path("found/<uuid:pk>/correct/", found_views.correct, name="found-correct"),
    path("found/<uuid:pk>/strike/", found_views.strike, name="found-strike"),
    path("found/<uuid:pk>/stand-again/", found_views.stand_again, name="found-stand-again"),
    path("names/", views.names, name="names"),
    path("models/", model_views.models, name="models"),
    path("models/learn/", model_views.learn, name="learn"),
    path("models/<uuid:pk>/decide/", model_views.decide_model, name="decide-model"),
    path("tasks/<uuid:pk>/done/", views.complete_task, name="task-done"),
    path("<uuid:pk>/", views.pair, name="pair"),
    path("<uuid:pk>/open/", views.open_pair, name="pair-open"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/look-again/", views.look_again, name="look-again"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
]
