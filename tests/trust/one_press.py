"""Addresses where one press, without any answer, changes something, and why that is right. A new one must be thought about:

a decision between two (approve or refuse) never stands here, for an answer that got lost would be taken as one of them.
"""

ONE_PRESS = {
    "activities/members/<uuid:pk>/leave/": "leaves the task force today",
    "cases/referrals/<uuid:pk>/<slug:answer>/": "the answer stands in the address",
    "doubles/pair/<uuid:pk>/split/": "both records stand for themselves again, as they were",
    "families/<uuid:pk>/consent/<uuid:consent>/withdraw/": "consent is taken back as easily as it was given (DPDP Act s.6(4))",
    "families/<uuid:pk>/disputed/<uuid:appeal>/withdraw/": "the dispute is taken back",
    "finding/<uuid:pk>/undo/": "nobody decides anew but two people",
    "finding/tasks/<uuid:pk>/done/": "done today",
    "forms/own/<uuid:pk>/test-phone/": "a phone for tests; each press shows another square once",
    "forms/own/<uuid:pk>/use/": "the next version takes its place",
    "index/drafts/<uuid:pk>/<str:step>/": "the step stands in the address",
    "network/centres/staff/<uuid:pk>/leave/": "leaves the centre today",
    "network/pool/<uuid:pk>/leave/": "leaves the pool today",
    "network/stakeholders/pairs/<uuid:pk>/undo/": "two lines stand for themselves again",
    "notices/phone/remove/": "nothing is told to this phone any more",
    "people-who-work/<uuid:pk>/close/": "opened again beside it",
    "people-who-work/<uuid:pk>/password/": "each press shows another password once",
    "people-who-work/<uuid:pk>/reopen/": "closed again beside it",
    "people-who-work/<uuid:pk>/second-step/": "the person sets up another",
    "people-who-work/postings/<uuid:pk>/end/": "ends today; posted anew beside it",
    "phones/<uuid:pk>/revoke/": "a lost phone: nothing stands in the way",
    "phones/<uuid:pk>/wipe/": "a lost phone: nothing stands in the way",
    "pilots/phases/<uuid:pk>/end/": "ends today",
    "posters/<uuid:pk>/release/": "the second person's word; the page shows all that will be read",
    "posters/<uuid:pk>/take-down/": "nobody reads it from here on: nothing stands in the way",
    "posters/<uuid:pk>/withdraw/": "the family takes it back: nothing stands in the way",
    "rehabilitation/case/<uuid:pk>/finish/": "the gates say whether it may end",
    "rehabilitation/case/<uuid:pk>/leading/withdraw/": "she leads no more: nothing stands in the way",
    "rescue/firs/sections/<uuid:pk>/drop/": "added again beside it",
    "rescue/leads/<uuid:pk>/source/": "without the reason only the refusal is noted",
    "rescue/units/members/<uuid:pk>/leave/": "leaves the unit today",
    "resource-people/<uuid:pk>/leave/": "her name is closed at her word: nothing stands in the way",
    "resource-people/done/<uuid:pk>/pay/": "paid today, what was agreed",
    "review/<uuid:pk>/accept/": "taken as it was sent",
    "review/visits/<uuid:pk>/settle/": "a visit that waits in vain is applied by what is known",
    "selection/<uuid:pk>/places/<int:place>/choose/": "chosen in a draft that another person approves",
    "touch/without-trace/<uuid:pk>/": "someone looks for her from here on",
    "villages/<int:pk>/roadmap/<uuid:action>/complete/": "done today",
}
EACH_PRESS_ANEW = {
    "forms/own/<uuid:pk>/test-phone/", "people-who-work/<uuid:pk>/password/",  # shown once
    "rescue/leads/<uuid:pk>/source/", "review/<uuid:pk>/accept/",  # tried once more, and refused as before
    "notices/phone/remove/", "people-who-work/<uuid:pk>/close/", "people-who-work/<uuid:pk>/reopen/",  # stands as it stood
    "people-who-work/<uuid:pk>/second-step/", "selection/<uuid:pk>/places/<int:place>/choose/",  # stands as it stood
}  # fmt: skip
"""Where a second press is noted too; of every other address it books nothing."""
READINGS = ("opened", "opened_names", "read", "taken_out", "exported", "file")
"""How verbs end that say what was seen, not what was changed."""
