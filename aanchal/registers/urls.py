"""Addresses of the registers."""

from django.urls import path

from aanchal.registers import paper_views, striking_views, views

app_name = "registers"
urlpatterns = [
    path("", views.index, name="index"),
    path("line/<uuid:pk>/", views.detail, name="detail"),
    path("line/<uuid:pk>/open/", views.open_line, name="open"),
    path("line/<uuid:pk>/correct/", views.correct, name="correct"),
    path("line/<uuid:pk>/strike/", striking_views.strike, name="strike"),
    path("line/<uuid:pk>/stands-again/", striking_views.take_back, name="take-back"),
    path("<slug:register>/", views.lines, name="list"),
    path("<slug:register>/names/", views.show_names, name="names"),
    path("<slug:register>/find/", views.find, name="find"),
    path("<slug:register>/export/", paper_views.export, name="export"),
    path("<slug:register>/print/", paper_views.print_lines, name="print"),
]
