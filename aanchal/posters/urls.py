"""Addresses of missing-person notices, for those who keep them."""

from django.urls import path

from aanchal.posters import views

app_name = "posters"
urlpatterns = [
    path("", views.posters, name="list"),
    path("new/<uuid:entry>/", views.propose, name="propose"),
    path("<uuid:pk>/", views.poster, name="poster"),
    path("<uuid:pk>/open/", views.open_words, name="open"),
    path("<uuid:pk>/release/", views.release, name="release"),
    path("<uuid:pk>/return/", views.send_back, name="return"),
    path("<uuid:pk>/renew/", views.renew, name="renew"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/take-down/", views.take_down, name="take-down"),
]
