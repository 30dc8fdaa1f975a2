"""Who may do what, and which address asks for which permission."""

import ast
import inspect
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from aanchal.access import permissions
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.config.reference.markdown import code, page, section, table

OF_DJANGO = {"set_language": "public"}
OF_ALLAUTH = "django-allauth"


def roles() -> str:
    said = [(f"**{role.name}**", code(role.key), role.description, _yes(role.needs_second_factor)) for role in ROLES.values()]
    grid = [(code(one), *(_yes(one in role.permissions) for role in ROLES.values())) for one in Permission]
    meanings = _meanings()
    return page(
        "Roles and permissions",
        "A posting gives a user a role at a place, from a day until a day. The role says what; the place of the posting says where."
        " The same rule stands in `access/policy.py` and in the database's policies.",
        section("Roles", table(["Role", "Key", "What for", "Second step of signing in"], said)),
        section("Permissions", table(["Permission", "What it lets a person do"], [(code(one), meanings[one.name]) for one in Permission])),
        section("Which role holds which", table(["Permission", *(str(role.name) for role in ROLES.values())], grid)),
    )


def addresses() -> str:
    rows = [(code(f"/{path}"), code(name), _asks(view)) for path, name, view in _patterns(get_resolver().url_patterns, "")]
    return page(
        "Addresses and their permissions",
        "An address outside a person's permissions or places answers 404, as one that does not exist."
        " `signed in` asks for a signed-in user and nothing more. Pages of django-allauth guard themselves.",
        table(["Address", "Name", "Asks for"], rows),
    )


def _patterns(patterns: list, before: str) -> Iterator[tuple[str, str, object]]:
    for one in patterns:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, path)
        elif isinstance(one, URLPattern):
            yield path, one.name or "", one.callback


def _asks(view) -> str:
    if hasattr(view, "requires"):
        return code(view.requires) if isinstance(view.requires, Permission) else str(view.requires)
    return OF_DJANGO.get(view.__name__, OF_ALLAUTH)


def _meanings() -> dict[str, str]:
    """The sentence under each permission in its source."""
    body = next(node for node in ast.parse(inspect.getsource(permissions)).body if isinstance(node, ast.ClassDef)).body
    found = {}
    for named, said in zip(body, body[1:], strict=False):
        if isinstance(named, ast.Assign) and isinstance(said, ast.Expr):
            found[named.targets[0].id] = said.value.value
    return found


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
