"""Promises about the shape of the code that an import linter cannot see."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections
from django.urls import URLPattern, get_resolver

PUBLIC = {
    "django.views.i18n.set_language",
    "aanchal.portal.views.set_theme",
    "aanchal.field.app_pages.shell",
    "aanchal.field.app_pages.worker",
    "aanchal.field.app_pages.manifest",
    "aanchal.field.devices.closed_phone",
    "aanchal.cases.views.sharing.link",
    "aanchal.portal.views.asking.ask",
    "aanchal.portal.views.asking.certificate",
    "aanchal.portal.views.asking.kit",
    "aanchal.activities.views.feed.ical",
    "aanchal.network.views.stakeholders.offices",
    "aanchal.activities.views.door.sign_in",
    "aanchal.portal.views.everyone.front",
    "aanchal.portal.views.everyone.statistics",
    "aanchal.portal.views.everyone.file",
    "aanchal.portal.views.everyone.dictionary",
    "aanchal.portal.views.everyone.accessibility",
    "aanchal.portal.views.everyone.awards",
    "aanchal.portal.views.everyone.officers",
    "aanchal.portal.views.everyone.sitemap",
    "aanchal.portal.views.everyone.robots",
    "aanchal.portal.views.missing.posters",
    "aanchal.portal.views.missing.poster",
    "aanchal.portal.views.reading_room.papers",
    "aanchal.portal.views.reading_room.paper",
    "aanchal.portal.views.reading_room.file",
}
LIBRARIES = ("allauth.",)
TABLES_WITHOUT_PERSONS = {
    "aanchal_cache",
    "activities_calendarfeed",
    "activities_course",
    "activities_module",
    "advisories_advisory",
    "advisories_answer",
    "advisories_direction",
    "advisories_task",
    "awards_award",
    "awards_criteria",
    "awards_declaration",
    "awards_member",
    "awards_nomination",
    "awards_openaward",
    "awards_round",
    "awards_score",
    "access_device",
    "access_rolepermission",
    "access_user",
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "benefits_fundnorm",
    "benefits_schemeversion",
    "cases_retentionrule",
    "core_secret",
    "core_trailhead",
    "django_content_type",
    "django_migrations",
    "django_session",
    "field_publishedform",
    "field_stateform",
    "field_testphone",
    "insight_attention",
    "insight_comparison",
    "insight_computation",
    "insight_counted",
    "insight_definition",
    "insight_figure",
    "insight_release",
    "insight_released",
    "insight_releasedrow",
    "insight_review",
    "insight_reviewfile",
    "insight_savedtable",
    "insight_story",
    "insight_target",
    "library_acknowledgement",
    "library_document",
    "library_indexed",
    "library_openfile",
    "library_openpaper",
    "library_practice",
    "library_version",
    "matching_learntmodel",
    "mfa_authenticator",
    "money_costhead",
    "network_blacklisting",
    "network_centre",
    "network_deliverable",
    "network_diligence",
    "network_engagement",
    "network_listing",
    "network_ngo",
    "network_post",
    "network_risknote",
    "network_verification",
    "nodal_areanote",
    "nodal_call",
    "nodal_edition",
    "nodal_explanation",
    "nodal_figure",
    "nodal_head",
    "nodal_published",
    "nodal_release",
    "nodal_reminded",
    "nodal_return",
    "nodal_sanction",
    "nodal_step",
    "nodal_unit",
    "nodal_upload",
    "nodal_use",
    "notices_notice",
    "notices_phonecheck",
    "notices_sending",
    "places_indicatorseries",
    "places_indicatorsource",
    "places_indicatorvalue",
    "places_place",
    "posters_openposter",
    "rehab_cbomaturity",
    "risk_indexdefinition",
    "risk_indexdraft",
    "rescue_sop",
    "risk_movement",
    "selection_placestanding",
    "selection_selectionrun",
    "tracking_statutoryclock",
}


def layers():
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    bottom_up = reversed(contracts[0]["layers"])
    return {app: height for height, row in enumerate(bottom_up) for app in row.replace(" ", "").split("|")}


def test_foreign_keys_point_down_the_layers():
    height = layers()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target is None or target._meta.app_label == model._meta.app_label:
                continue
            if {model._meta.app_label, target._meta.app_label} <= height.keys():
                assert height[target._meta.app_label] < height[model._meta.app_label], f"{model} -> {target}"


def views(patterns):
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield entry.callback
        else:
            yield from views(entry.url_patterns)


def test_every_address_names_its_permission_or_is_on_the_public_list():
    bare = []
    for view in views(get_resolver().url_patterns):
        name = f"{view.__module__}.{getattr(view, 'view_class', view).__name__}"
        if not name.startswith(LIBRARIES) and not hasattr(view, "requires") and name not in PUBLIC:
            bare.append(name)
    assert bare == []


def test_every_public_view_is_on_the_public_list():
    named = {
        f"{view.__module__}.{view.__name__}"
        for view in views(get_resolver().url_patterns)
        if getattr(view, "requires", "") == "public"
    }
    assert named <= PUBLIC


@pytest.mark.django_db
def test_every_table_of_persons_stands_behind_the_wall():
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND NOT (relrowsecurity AND (relforcerowsecurity OR relname IN ('access_posting', 'core_trail')))"
            " AND relname NOT LIKE 'procrastinate%'"
        )
        assert {name for (name,) in cursor.fetchall()} - TABLES_WITHOUT_PERSONS == set()


@pytest.mark.django_db
def test_the_application_role_owns_nothing_and_cannot_bypass_the_wall():
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("aanchal_app",)
