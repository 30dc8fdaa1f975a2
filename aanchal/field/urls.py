"""Addresses phones and reviewers call."""

from django.urls import path

from aanchal.field import openrosa

urlpatterns = [
    path("submission", openrosa.submission, name="submission"),
    path("d/<str:token>/submission", openrosa.submission, name="device-submission"),
]
