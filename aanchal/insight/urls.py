"""Addresses of the indicators and of releases."""

from django.urls import path

from aanchal.insight.views import changes, places, releases, reviews, stories, tables

app_name = "insight"
urlpatterns = [
    path("", places.index, name="index"),
    path("<int:pk>/", places.place, name="place"),
    path("<int:pk>/target/", places.target, name="target"),
    path("<int:pk>/list/<slug:measure>/", places.counted, name="list"),
    path("<int:pk>/changed/", changes.changed, name="changed"),
    path("<int:pk>/reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:pk>/", reviews.review, name="review"),
    path("reviews/<uuid:pk>/file/", reviews.file, name="review-file"),
    path("<int:pk>/table/", tables.table, name="table"),
    path("tables/<uuid:pk>/", tables.kept_table, name="kept-table"),
    path("tables/<uuid:pk>/remove/", tables.remove, name="remove-table"),
    path("<int:pk>/stories/", stories.stories, name="stories"),
    path("<int:pk>/stories/new/", stories.new, name="new-story"),
    path("stories/<uuid:pk>/", stories.story, name="story"),
    path("stories/<uuid:pk>/change/", stories.change, name="change-story"),
    path("stories/<uuid:pk>/submit/", stories.submit, name="submit-story"),
    path("stories/<uuid:pk>/decide/", stories.decide, name="decide-story"),
    path("stories/<uuid:pk>/photo/", stories.photo, name="story-photo"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<uuid:pk>/", releases.release, name="release"),
    path("releases/<uuid:pk>/submit/", releases.submit, name="submit"),
    path("releases/<uuid:pk>/decide/", releases.decide, name="decide"),
]
