"""Addresses of task forces, meetings, trainings and campaign events."""

from django.urls import path

from aanchal.activities.views import calendar, campaign, door, feed, forces, lists, meetings, trainings

app_name = "activities"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("feed/", calendar.feed, name="feed"),
    path("print/", calendar.paper, name="calendar-paper"),
    path("export/<slug:listed>/", lists.export, name="export"),
    path("campaign/", campaign.campaign, name="campaign"),
    path("campaign/materials/", campaign.materials, name="materials"),
    path("campaign/materials/<uuid:pk>/", campaign.material_file, name="material-file"),
    path("campaign/villages/", campaign.villages, name="villages"),
    path("campaign/villages/<int:pk>/", campaign.village, name="village"),
    path("campaign/events/<uuid:pk>/", campaign.event, name="event"),
    path("task-forces/", forces.task_forces, name="task-forces"),
    path("task-forces/<uuid:pk>/", forces.task_force, name="task-force"),
    path("corrigenda/<uuid:pk>/", forces.corrigendum_file, name="corrigendum-file"),
    path("members/<uuid:pk>/leave/", forces.leave, name="leave"),
    path("meetings/new/", meetings.call, name="call"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<uuid:pk>/print/", meetings.paper, name="paper"),
    path("minutes/<uuid:pk>/", meetings.minutes_file, name="minutes-file"),
    path("points/", meetings.points, name="points"),
    path("points/<uuid:pk>/", meetings.point, name="point"),
    path("trainings/", trainings.trainings, name="trainings"),
    path("trainings/targets/", trainings.targets, name="targets"),
    path("trainings/targets/<uuid:pk>/", trainings.target, name="target"),
    path("trainings/cascade/", trainings.tree, name="tree"),
    path("trainings/masters/", trainings.masters, name="masters"),
    path("trainings/<uuid:pk>/", trainings.training, name="training"),
    path("trainings/<uuid:pk>/plan/", door.plan, name="training-plan"),
    path("trainings/<uuid:pk>/paper/", lists.sheet, name="training-sheet"),
    path("trainings/<uuid:pk>/export/<slug:listed>/", lists.of_training, name="training-export"),
    path("trainings/<uuid:pk>/door/", door.door, name="door"),
    path("people/<uuid:pk>/", trainings.participant, name="participant"),
    path("certificates/<uuid:pk>/", trainings.certificate, name="certificate"),
    path("certificates/<uuid:pk>/revoke/", trainings.revoke, name="revoke"),
    path("d/<str:token>/sign-in/", door.sign_in, name="open-sign-in"),
    path("d/<str:token>/calendar.ics", feed.ical, name="open-calendar"),
]
