"""Addresses of the portal, and of the pages it frames."""

from django.urls import include, path

from aanchal.portal.views import asking, everyone, homes, maps, missing, outcomes, places, reading_room, search

urlpatterns = [
    path("", homes.home, name="home"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/print/", places.wall_print, name="place-print"),
    path("places/<int:pk>/map/", maps.village_map, name="village-map"),
    path("public/", everyone.front, name="public"),
    path("public/library/", reading_room.papers, name="open-library"),
    path("public/library/<uuid:pk>/", reading_room.paper, name="open-paper"),
    path("public/library/<uuid:pk>/file/", reading_room.file, name="open-file"),
    path("statistics/", everyone.statistics, name="statistics"),
    path("statistics/file/", everyone.file, name="statistics-file"),
    path("statistics/dictionary/", everyone.dictionary, name="statistics-dictionary"),
    path("public/nodal-officers/", everyone.officers, name="public-officers"),
    path("public/awards/", everyone.awards, name="public-awards"),
    path("accessibility/", everyone.accessibility, name="accessibility"),
    path("missing/", missing.posters, name="open-posters"),
    path("missing/<slug:number>/", missing.poster, name="open-poster"),
    path("robots.txt", everyone.robots, name="robots"),
    path("sitemap.xml", everyone.sitemap, name="sitemap"),
    path("ask/", asking.ask, name="ask"),
    path("certificate/", asking.certificate, name="open-certificate"),
    path("ask/kit/", asking.kit, name="ask-kit"),
    path("money/<uuid:pk>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("search/", search.search, name="search"),
    path("", include("aanchal.access.urls")),
]
