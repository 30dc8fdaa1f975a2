"""Addresses phones and reviewers call."""

from django.urls import path

from aanchal.field import openrosa, publications, quality, review

urlpatterns = [
    path("submission", openrosa.submission, name="submission"),
    path("d/<str:token>/submission", openrosa.submission, name="device-submission"),
    path("review/", review.queue, name="review"),
    path("review/<uuid:pk>/", review.one, name="review-one"),
    path("review/<uuid:pk>/names/", review.names, name="review-names"),
    path("review/<uuid:pk>/accept/", review.accept, name="review-accept"),
    path("review/<uuid:pk>/return/", review.send_back, name="review-return"),
    path("review/<uuid:pk>/correct/", review.correct, name="review-correct"),
    path("quality/", quality.quality, name="quality"),
    path("quality/finding/", quality.finding, name="finding"),
    path("forms/", publications.forms, name="forms"),
    path("forms/<slug:form_id>/blank/", publications.blank, name="blank-form"),
    path("forms/<slug:form_id>/xlsx/", publications.workbook, name="form-xlsx"),
    path("sent/", review.sent, name="sent"),
]
