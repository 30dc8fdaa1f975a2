"""Addresses for who manages users and who reads the trail."""

from django.urls import path

from aanchal.access import trail_views, views

urlpatterns = [
    path("people-who-work/", views.workers, name="workers"),
    path("people-who-work/new/", views.new_worker, name="new-worker"),
    path("people-who-work/<uuid:pk>/", views.worker, name="worker"),
    path("people-who-work/<uuid:pk>/post/", views.add_posting, name="add-posting"),
    path("people-who-work/<uuid:pk>/password/", views.give_password, name="give-password"),
    path("people-who-work/<uuid:pk>/second-step/", views.forget_second_step, name="forget-second-step"),
    path("people-who-work/<uuid:pk>/close/", views.close, name="close-worker"),
    path("people-who-work/<uuid:pk>/reopen/", views.reopen, name="reopen-worker"),
    path("people-who-work/postings/<uuid:pk>/end/", views.end_posting, name="end-posting"),
    path("people-who-work/postings/<uuid:pk>/continue/", views.continue_posting, name="continue-posting"),
    path("people-who-work/phones/<uuid:pk>/revoke/", views.revoke_device, name="revoke-device"),
    path("trail/", trail_views.trail, name="trail"),
]
