"""Addresses of the schemes."""

from django.urls import path

from aanchal.benefits.views import schemes

urlpatterns = [
    path("", schemes.schemes, name="schemes"),
    path("<slug:code>/", schemes.scheme, name="scheme"),
    path("<slug:code>/edit/", schemes.edit, name="scheme-edit"),
]
