"""Addresses of the indices: their versions, the drafts of a state, the points a village signed."""

from django.urls import path

from aanchal.risk.views import drafts, indices, own_points

urlpatterns = [
    path("", indices.indices, name="indices"),
    path("versions/<str:version>/", indices.version, name="index-version"),
    path("drafts/begin/", drafts.begin, name="draft-begin"),
    path("drafts/<uuid:pk>/", drafts.draft, name="draft"),
    path("drafts/<uuid:pk>/families/", drafts.families, name="draft-families"),
    path("drafts/<uuid:pk>/<str:step>/", drafts.move, name="draft-move"),
    path("villages/<int:pk>/", own_points.own_points, name="own-points"),
]
