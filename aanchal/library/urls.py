"""Addresses of the library and of the compendium."""

from django.urls import path

from aanchal.library.views import papers, practices

app_name = "library"
urlpatterns = [
    path("", papers.documents, name="documents"),
    path("new/", papers.record, name="record"),
    path("<uuid:pk>/", papers.document, name="document"),
    path("<uuid:pk>/act/", papers.act, name="act"),
    path("<uuid:pk>/readers/", papers.readers, name="readers"),
    path("<uuid:pk>/file/<int:nth>/", papers.file, name="file"),
    path("practices/", practices.practices, name="practices"),
    path("practices/told/", practices.told, name="told"),
    path("practices/new/", practices.submit, name="submit"),
    path("practices/<uuid:pk>/", practices.practice, name="practice"),
    path("practices/<uuid:pk>/decide/", practices.decide, name="decide"),
    path("practices/<uuid:pk>/again/", practices.again, name="again"),
]
