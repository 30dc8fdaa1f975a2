"""Addresses of records told twice, and of people who may have come back."""

from django.urls import path

from aanchal.doubles import return_views, views

app_name = "doubles"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("look/", views.look, name="look"),
    path("joined/", views.joined, name="joined"),
    path("pair/<uuid:pk>/", views.pair, name="pair"),
    path("pair/<uuid:pk>/open/", views.open_pair, name="open"),
    path("pair/<uuid:pk>/decide/", views.decide, name="decide"),
    path("pair/<uuid:pk>/split/", views.split, name="split"),
    path("merger/<uuid:pk>/", views.merged, name="merged"),
    path("returns/", return_views.returns, name="returns"),
    path("returns/<uuid:pk>/", return_views.one_return, name="return"),
    path("returns/<uuid:pk>/open/", return_views.open_return, name="return-open"),
]
