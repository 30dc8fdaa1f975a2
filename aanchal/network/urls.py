"""Addresses of the directory, of the safe migration centres, of NGOs and posts."""

from django.urls import path

from aanchal.network.views import files, lists, ngos, posts, stakeholders
from aanchal.network.views import listings as views

app_name = "network"
urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/new/", views.record, name="record"),
    path("directory/<uuid:pk>/", views.listing, name="listing"),
    path("directory/<uuid:pk>/correct/", views.correct, name="correct"),
    path("directory/<uuid:pk>/visit/", views.visit, name="visit"),
    path("directory/<uuid:pk>/renew/", views.renew, name="renew"),
    path("directory/<uuid:pk>/complain/", views.complain, name="complain"),
    path("directory/<uuid:pk>/complaints/", views.open_complaints, name="complaints-open"),
    path("directory/complaints/<uuid:pk>/settle/", views.settle, name="settle"),
    path("centres/", views.centres, name="centres"),
    path("centres/new/", views.open_centre, name="open-centre"),
    path("centres/<uuid:pk>/", views.centre, name="centre"),
    path("centres/<uuid:pk>/hours/", views.hours, name="hours"),
    path("centres/<uuid:pk>/staff/", views.join, name="join"),
    path("centres/<uuid:pk>/enquiry/", views.enquire, name="enquire"),
    path("centres/staff/<uuid:pk>/leave/", views.leave, name="leave"),
    path("stakeholders/", stakeholders.index, name="stakeholders"),
    path("stakeholders/places/", stakeholders.places, name="stakeholder-places"),
    path("stakeholders/new/", stakeholders.record, name="stakeholder-new"),
    path("stakeholders/alike/", stakeholders.doubles, name="stakeholder-doubles"),
    path("stakeholders/export/", stakeholders.export, name="stakeholder-export"),
    path("stakeholders/files/", files.files, name="files"),
    path("stakeholders/files/example/", files.example, name="file-example"),
    path("stakeholders/files/<uuid:pk>/", files.file, name="file"),
    path("stakeholders/files/<uuid:pk>/refused/", files.refused, name="file-refused"),
    path("stakeholders/pairs/<uuid:pk>/undo/", stakeholders.undo, name="pair-undo"),
    path("stakeholders/<uuid:pk>/", stakeholders.stakeholder, name="stakeholder"),
    path("stakeholders/<uuid:pk>/correct/", stakeholders.correct, name="stakeholder-correct"),
    path("offices/", stakeholders.offices, name="offices"),
    path("ngos/", ngos.ngos, name="ngos"),
    path("ngos/<uuid:pk>/", ngos.ngo, name="ngo"),
    path("ngos/engagements/<uuid:pk>/", ngos.engagement, name="engagement"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<uuid:pk>/", posts.post, name="post"),
    path("posts/honoraria/", posts.honoraria, name="honoraria"),
    path("posts/honoraria/<uuid:pk>/pay/", posts.pay, name="honorarium-pay"),
    path("lists/<slug:listed>/export/", lists.export, name="list-export"),
    path("pool/", posts.pool, name="pool"),
    path("pool/<uuid:pk>/leave/", posts.leave_pool, name="pool-leave"),
]
