"""A family's card."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.people.models import Consent
from tests.factories import make_household, make_posting, member
from tests.risk.builders import HOUSEHOLD
from tests.risk.world import AT_RISK, FEW_ANSWERS, MISSING, OPEN_WORDS, PRIVATE_WORDS, SECRETS, SEVERE, family, said_by, words_of


def card(client, assessment):
    return client.get(reverse("family", args=[assessment.household_id]))


def post(client, name, assessment):
    return client.post(reverse(name, args=[assessment.household_id]))


def test_it_says_what_raised_the_risk(village, crp, signed_in):
    severe = family(village, SEVERE)
    text = said_by(card(signed_in(crp), severe))
    assert not [word for word in [*words_of(severe), "Severe risk", severe.household.shown_code] if word not in text]


def test_it_says_what_would_lower_it(village, crp, signed_in):
    found = family(village, AT_RISK)
    part = said_by(card(signed_in(crp), found)).split("What would lower it")[1].split("</section>")[0]
    assert not [word for word in [*words_of(found), "Vulnerable"] if word not in part]


def test_it_opens_of_a_family_that_was_never_assessed(village, crp, signed_in):
    with acting(SYSTEM):
        known = make_household(village, member("Asha"))
    answer = signed_in(crp).get(reverse("family", args=[known.pk]))
    assert answer.status_code == 200
    assert known.shown_code in answer.content.decode()


def test_it_says_which_entitlement_would_help(village, crp, signed_in):
    text = said_by(card(signed_in(crp), family(village, {"food_short_months": 3, "girl_out_of_school": True})))
    part = text.split("What raised it")[1].split("</section>")[0]
    assert "Ration card and monthly ration" in part
    assert "Return to school" in part
    assert "Job card and work under MGNREGS" not in part


def test_it_names_no_help_for_what_was_told_in_private_until_it_is_opened(village, crp, signed_in):
    secret = family(village, {"violence_disclosed": True})
    assert "One Stop Centre" not in said_by(card(signed_in(crp), secret)).split("What raised it")[1]
    assert "One Stop Centre" in said_by(post(signed_in(crp), "family-private", secret)).split("What raised it")[1]


def test_it_says_when_no_single_change_lowers_it(village, crp, signed_in):
    text = said_by(card(signed_in(crp), family(village, SEVERE)))
    assert "No single change is enough: 2 of the reasons" in text


def test_it_says_what_to_do_today(village, crp, signed_in):
    text = said_by(card(signed_in(crp), family(village, MISSING)))
    assert "go with the family to the police station" in text
    assert 'href="tel:1098"' in text.split("What raised it")[0]


def test_it_says_what_was_not_answered(village, crp, signed_in):
    text = said_by(card(signed_in(crp), family(village, FEW_ANSWERS)))
    part = text.split("What was not answered")[1].split("</section>")[0]
    assert "2 of 15 questions answered" in part
    assert "A girl of 10 to 18 is not going to school." in part
    assert "3 questions are asked only in private" in part


def test_it_keeps_what_was_told_in_private_closed_until_it_is_opened(village, crp, signed_in):
    secret = family(village, SEVERE | SECRETS)
    text = said_by(card(signed_in(crp), secret))
    assert not [word for word in PRIVATE_WORDS if word in text]
    assert "Something was told in private." in text
    assert "What was told in private needs you today" in text


def test_it_opens_what_was_told_in_private_and_notes_it(village, crp, signed_in):
    secret = family(village, SEVERE | SECRETS)
    text = said_by(post(signed_in(crp), "family-private", secret))
    told = [one for one in (*HOUSEHOLD.indicators, *HOUSEHOLD.overrides) if one.is_private]
    assert not [one.key for one in told if one.reason["en"] not in text]
    with acting(SYSTEM):
        noted = Trail.objects.get(verb="risk.reasons.opened")
        assert (noted.actor, noted.about_id, noted.detail) == (crp.pk, str(secret.household_id), {})


def test_it_opens_nothing_by_a_link(village, crp, signed_in):
    secret = family(village, SECRETS)
    for name in ("family-private", "family-names"):
        response = signed_in(crp).get(reverse(name, args=[secret.household_id]))
        assert response.url == reverse("family", args=[secret.household_id])
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb__in=["risk.reasons.opened", "people.identity.read"]).exists()


def test_it_says_nothing_of_privacy_where_nothing_was_told_in_private(village, crp, signed_in):
    assert "Something was told in private" not in said_by(card(signed_in(crp), family(village, SEVERE)))


@pytest.mark.parametrize(
    ("role", "place"), [("vo_leader", "east village 1"), ("clf_leader", "east panchayat"), ("district_manager", "east")]
)
@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_it_tells_a_leader_what_to_do_and_no_reason(village, posted, signed_in, role, place, language):
    secret = family(village, SEVERE | SECRETS | MISSING)
    client = signed_in(posted(role, place))
    client.cookies["django_language"] = language
    text = said_by(card(client, secret))
    assert not [word for word in OPEN_WORDS + PRIVATE_WORDS if word in text]
    assert not [task for one in HOUSEHOLD.overrides if (task := one.task[language]) in text]
    assert all(one.help[language] in text for one in HOUSEHOLD.dimensions if one.key in secret.needs)


@pytest.mark.parametrize("name", ["family-private", "family-names"])
def test_it_opens_nothing_to_a_leader(village, leader, signed_in, name):
    assert post(signed_in(leader), name, family(village, SECRETS)).status_code == 404


def test_it_gives_a_leader_no_way_to_open_or_withdraw(village, leader, signed_in):
    text = said_by(card(signed_in(leader), family(village, SECRETS)))
    assert not [word for word in ("Show names", "/private/", "/withdraw/", "Where each figure comes from") if word in text]


def test_it_shows_members_without_names_the_eldest_first(village, crp, signed_in):
    girl = member(name="Rinki Unheard", years=12, relation="DAUGHTER", school_status="DROPPED_OUT", guardian="Ramdhari One")
    mother = member(name="Phulmati Unheard", years=38, guardian="Ramdhari Two")
    text = said_by(card(signed_in(crp), family(village, members=[girl, mother])))
    assert text.index("woman, 3") < text.index("girl, 1")
    assert "out of school" in text
    assert "Unheard" not in text


def test_it_shows_names_when_asked_and_notes_each_reading(village, crp, signed_in):
    girl = member(name="Rinki Unheard", years=12, guardian="Ramdhari One")
    found = family(village, members=[girl])
    assert "Rinki Unheard" in said_by(post(signed_in(crp), "family-names", found))
    with acting(SYSTEM):
        noted = Trail.objects.get(verb="people.identity.read")
        assert (noted.actor, noted.about_id, noted.detail) == (crp.pk, str(girl.id), {"reason": "FAMILY_CARD"})


def test_it_shows_an_officer_who_read_about_the_family(village, crp, officer, signed_in):
    found = family(village, SECRETS)
    post(signed_in(crp), "family-names", found)
    post(signed_in(crp), "family-private", found)
    text = said_by(card(signed_in(officer), found)).split("Who read about this family")[1]
    assert "read a name" in text
    assert "read what a family told in private" in text
    assert crp.name in text


def test_it_does_not_show_the_worker_who_read(village, crp, signed_in):
    assert "Who read about this family" not in said_by(card(signed_in(crp), family(village)))


def test_it_traces_an_assessment_to_the_submission(village, officer, signed_in):
    submission = uuid4()
    found = family(village, SEVERE, submission_id=submission)
    text = said_by(card(signed_in(officer), found))
    assert not [key for key in (found.pk, found.survey_id, submission, "household-1") if str(key) not in text]
    assert f'href="{reverse("review-one", args=[submission])}"' in text


def test_it_withdraws_consent_only_after_asking(village, crp, signed_in):
    found = family(village)
    with acting(SYSTEM):
        consent = Consent.objects.get(household=found.household)
    url = reverse("family-withdraw", args=[found.household_id, consent.pk])
    assert url in said_by(card(signed_in(crp), found))
    signed_in(crp).get(url)
    with acting(SYSTEM):
        assert Consent.objects.get(pk=consent.pk).withdrawn_on is None
    signed_in(crp).post(url)
    with acting(SYSTEM):
        assert Consent.objects.get(pk=consent.pk).withdrawn_on is not None
        assert Trail.objects.get(verb="people.consent.withdrawn").actor == crp.pk
    assert "Withdrawn on" in said_by(card(signed_in(crp), found))
    assert "This family took back its consent." in said_by(card(signed_in(crp), found))
    assert "Consent withdrawn" in said_by(signed_in(crp).get(f"{reverse('families')}?place={village.pk}"))
    assert signed_in(crp).post(url).status_code == 404


def test_it_does_not_withdraw_what_is_kept_by_a_duty_in_law(village, crp, signed_in):
    found = family(village)
    with acting(SYSTEM):
        consent = Consent.objects.get(household=found.household)
        consent.giver = "LEGAL_DUTY"
        consent.save()
    assert signed_in(crp).post(reverse("family-withdraw", args=[found.household_id, consent.pk])).status_code == 404
    assert "Kept under a duty in law" in said_by(card(signed_in(crp), found))


def test_it_withdraws_no_consent_for_a_leader_or_a_stranger(village, leader, stranger, signed_in):
    found = family(village)
    with acting(SYSTEM):
        consent = Consent.objects.get(household=found.household)
    for user in (leader, stranger):
        assert signed_in(user).post(reverse("family-withdraw", args=[found.household_id, consent.pk])).status_code == 404


def test_it_withdraws_no_consent_of_another_family(village, crp, signed_in):
    found, other = family(village), family(village)
    with acting(SYSTEM):
        consent = Consent.objects.get(household=other.household)
    assert signed_in(crp).post(reverse("family-withdraw", args=[found.household_id, consent.pk])).status_code == 404


def test_it_is_absent_for_a_stranger(village, stranger, signed_in):
    found = family(village, SEVERE | SECRETS)
    assert card(signed_in(stranger), found).status_code == 404
    for name in ("family-private", "family-names"):
        assert post(signed_in(stranger), name, found).status_code == 404


@pytest.mark.parametrize("role", ["state_expert", "national_analyst", "administrator"])
def test_it_is_absent_for_those_who_read_only_counts(village, posted, signed_in, role):
    assert card(signed_in(posted(role, "nation")), family(village, SEVERE)).status_code == 404


def test_it_is_absent_for_a_family_that_is_none(village, crp, signed_in):
    assert signed_in(crp).get(reverse("family", args=[uuid4()])).status_code == 404


def test_it_is_closed_when_the_posting_has_ended(village, india, signed_in):
    found = family(village)
    with acting(SYSTEM):
        past = make_posting("gender_crp", india["east village 1"], until=date(2021, 1, 1))
    assert card(signed_in(past), found).status_code == 404
