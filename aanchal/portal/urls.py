"""Addresses of the portal, and of the pages it frames."""

from django.urls import include, path

from aanchal.portal.views import homes, maps, places, search

urlpatterns = [
    path("", homes.home, name="home"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/print/", places.wall_print, name="place-print"),
    path("places/<int:pk>/map/", maps.village_map, name="village-map"),
    path("search/", search.search, name="search"),
    path("", include("aanchal.access.urls")),
]
