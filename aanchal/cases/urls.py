"""Addresses of survivors' cases."""

from django.urls import path

from aanchal.cases.views import cases, sharing, standards, writing

app_name = "cases"
urlpatterns = [
    path("", cases.mine, name="list"),
    path("search/", cases.search, name="search"),
    path("new/", cases.intake, name="new"),
    path("counts/", standards.counted, name="counts"),
    path("import/", standards.take_in, name="import"),
    path("referrals/", sharing.inbox, name="referrals"),
    path("referrals/<uuid:pk>/", sharing.referral, name="referral"),
    path("referrals/<uuid:pk>/<slug:answer>/", sharing.answer, name="answer"),
    path("link/<slug:token>/", sharing.link, name="link"),
    path("emergency/", sharing.emergency, name="emergency"),
    path("emergency/reviews/", sharing.reviews, name="reviews"),
    path("emergency/<uuid:pk>/review/", sharing.review, name="review"),
    path("<uuid:pk>/", cases.case, name="case"),
    path("<uuid:pk>/open/", cases.open_names, name="open"),
    path("<uuid:pk>/move/", cases.move, name="move"),
    path("<uuid:pk>/paper/", cases.paper, name="paper"),
    path("<uuid:pk>/htcds/", standards.hand_out, name="htcds"),
    path("<uuid:pk>/write/<slug:what>/", writing.write, name="write"),
    path("<uuid:pk>/end/<slug:what>/<uuid:row>/", writing.end, name="end"),
    path("<uuid:pk>/link/<uuid:row>/", sharing.make_link, name="make-link"),
]
