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
}
LIBRARIES = ("allauth.",)
TABLES_WITHOUT_PERSONS = {
    "aanchal_cache",
    "access_device",
    "access_rolepermission",
    "access_user",
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "core_secret",
    "core_trailhead",
    "django_content_type",
    "django_migrations",
    "django_session",
    "field_publishedform",
    "mfa_authenticator",
    "places_indicatorseries",
    "places_indicatorsource",
    "places_indicatorvalue",
    "places_place",
    "risk_indexdefinition",
    "selection_placestanding",
    "selection_selectionrun",
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
