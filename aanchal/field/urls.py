"""Addresses phones and reviewers call."""

from django.urls import path

from aanchal.field import devices, form_list, openrosa, publications, quality, review

OPENROSA = (
    ("formList", form_list.form_list, "form-list"),
    ("forms/<str:form_id>/<str:version>/form.xml", form_list.form_xml, "form-xml"),
    ("forms/<str:form_id>/<str:version>/manifest.xml", form_list.manifest, "form-manifest"),
    ("forms/<str:form_id>/<str:version>/media/<str:name>", form_list.media_file, "form-media"),
    ("forms/<str:form_id>/<str:version>/standing/<str:name>", form_list.integrity, "form-integrity"),
    ("submission", openrosa.submission, "submission"),
)
"""Asked for with a password, and under the phone's own token."""

urlpatterns = [
    *(path(route, view, name=name) for route, view, name in OPENROSA),
    *(path(f"d/<str:token>/{route}", view, name=f"device-{name}") for route, view, name in OPENROSA),
    path("d/<str:token>/device", devices.state, name="device-state"),
    path("d/<str:token>/wiped", devices.wiped, name="device-wiped"),
    path("review/", review.queue, name="review"),
    path("review/visits/<uuid:pk>/settle/", review.settle, name="settle-visit"),
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
