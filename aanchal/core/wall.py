"""Row-level security as migration operations: each table of persons says which permission opens it, for each command."""

from django.db import migrations

APP = "aanchal_app"
COUNTER = "aanchal_counter"


class Wall(migrations.RunSQL):
    """Policies of one table. Permissions are names of `access.permissions`; None closes the command to the application.

    A range test stands beside the exact one, so that a forgotten filter still walks an index (shared trust.md). A table that holds a row
    for a person or a family is FORCEd: not even its owner reads it. `of_places` says that a table holds none.
    """

    def __init__(
        self,
        table: str,
        *,
        read: str,
        insert: str | None,
        update: str | None = None,
        delete: str | None = None,
        of_places: bool = False,
    ):
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} {'NO ' if of_places else ''}FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP} USING ({_inside(read)})",
            f"CREATE POLICY {table}_count ON {table} FOR SELECT TO {COUNTER} USING (true)",
            f"GRANT SELECT ON {table} TO {COUNTER}",
        ]
        if insert:
            statements.append(
                f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO {APP} WITH CHECK ({_exact(insert)})"
            )
        if update:
            statements.append(
                f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO {APP} USING ({_inside(update)}) WITH CHECK ({_exact(update)})"
            )
        if delete:
            statements.append(f"CREATE POLICY {table}_delete ON {table} FOR DELETE TO {APP} USING ({_inside(delete)})")
        closed = [
            verb for verb, permission in (("INSERT", insert), ("UPDATE", update), ("DELETE", delete)) if not permission
        ]
        if closed:
            statements.append(f"REVOKE {', '.join(closed)} ON {table} FROM {APP}")
        statements.append(f"REVOKE TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {APP}")
        super().__init__(sql=";\n".join(statements), reverse_sql=migrations.RunSQL.noop)


def _exact(permission: str) -> str:
    return f"place_no <@ (SELECT acting_scope('{permission}'))"


def _inside(permission: str) -> str:
    return f"place_no >= (SELECT acting_low('{permission}')) AND place_no <= (SELECT acting_high('{permission}')) AND {_exact(permission)}"
