"""Row-level security of what belongs to a case: open to those assigned, not to a place."""

from django.db import migrations

from aanchal.core.wall import APP, COUNTER


class CaseWall(migrations.RunSQL):
    """Policies of one table of a case. `read` and `write` are (permission, reach); reach is one of

    ANY (whoever is assigned), WHOLE (not by a referral), NAMES (whoever may know her name), WORK (not in an emergency).
    Closed commands are refused to the application. Every such table is FORCEd.
    """

    def __init__(
        self,
        table: str,
        *,
        read: tuple[str, str] = ("case.read", "ANY"),
        insert: tuple[str, str] | None = ("case.work", "WORK"),
        update: tuple[str, str] | None = None,
        column: str = "case_id",
    ):
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP} USING ({assigned(column, *read)})",
            f"CREATE POLICY {table}_count ON {table} FOR SELECT TO {COUNTER} USING (true)",
            f"GRANT SELECT ON {table} TO {COUNTER}",
        ]
        if insert:
            statements.append(f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO {APP} WITH CHECK ({assigned(column, *insert)})")
        if update:
            inside = assigned(column, *update)
            statements.append(f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO {APP} USING ({inside}) WITH CHECK ({inside})")
        closed = [verb for verb, said in (("INSERT", insert), ("UPDATE", update)) if not said]
        statements.append(f"REVOKE {', '.join([*closed, 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])} ON {table} FROM {APP}")
        super().__init__(sql=";\n".join(statements), reverse_sql=migrations.RunSQL.noop)


def assigned(column: str, permission: str, reach: str) -> str:
    """Once a statement each: whether the system acts, and the array of the cases of who acts."""
    return f"(SELECT acting_is_system()) OR {column} = ANY ((SELECT cases_assigned('{permission}', '{reach}'))::uuid[])"
