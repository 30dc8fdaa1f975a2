"""Addresses of a village's situation, safety points, roadmap and what it asks of its plan."""

from django.urls import path

from aanchal.villages import demand_views, roadmap_views, views

app_name = "villages"
urlpatterns = [
    path("<int:pk>/situation/", views.situation, name="situation"),
    path("<int:pk>/points/", views.points, name="points"),
    path("<int:pk>/points/record/", views.record_point, name="record_point"),
    path("<int:pk>/points/<uuid:point>/withdraw/", views.withdraw_point, name="withdraw_point"),
    path("<int:pk>/points/<uuid:point>/restore/", views.restore_point, name="restore_point"),
    path("<int:pk>/roadmap/", roadmap_views.roadmap, name="roadmap"),
    path("<int:pk>/roadmap/adopt/", roadmap_views.adopt, name="adopt"),
    path("<int:pk>/roadmap/correct/", roadmap_views.correct, name="correct_roadmap"),
    path("<int:pk>/roadmap/strike/", roadmap_views.strike, name="strike_roadmap"),
    path("<int:pk>/roadmap/add/", roadmap_views.add_action, name="add_action"),
    path("<int:pk>/roadmap/<uuid:action>/", views.action, name="action"),
    path("<int:pk>/roadmap/<uuid:action>/complete/", views.complete_action, name="complete_action"),
    path("<int:pk>/roadmap/<uuid:action>/drop/", views.drop_action, name="drop_action"),
    path("<int:pk>/roadmap/<uuid:action>/reopen/", views.reopen_action, name="reopen_action"),
    path("<int:pk>/demands/", demand_views.demands, name="demands"),
    path("<int:pk>/demands/record/", demand_views.record, name="record_demand"),
    path("<int:pk>/demands/answer/", demand_views.answer, name="answer_demand"),
]
