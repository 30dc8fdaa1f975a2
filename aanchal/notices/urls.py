"""Addresses of notices."""

from django.urls import path

from aanchal.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("seen/", views.seen, name="seen"),
    path("phone/", views.phone, name="phone"),
    path("phone/confirm/", views.confirm_phone, name="phone-confirm"),
    path("phone/remove/", views.remove_phone, name="phone-remove"),
]
