"""Addresses for who manages users and who reads the trail."""

from django.urls import path

from aanchal.access import phones, trail_views, views

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
    path("people-who-work/<uuid:pk>/phones/", phones.phones_of, name="phones-of"),
    path("people-who-work/<uuid:pk>/phones/enrol/", phones.enrol_for, name="enrol-phone-for"),
    path("phones/", phones.phones, name="phones"),
    path("phones/enrol/", phones.enrol, name="enrol-phone"),
    path("phones/<uuid:pk>/label/", phones.label, name="label-phone"),
    path("phones/<uuid:pk>/revoke/", phones.revoke, name="revoke-phone"),
    path("phones/<uuid:pk>/wipe/", phones.wipe, name="wipe-phone"),
    path("trail/", trail_views.trail, name="trail"),
]
