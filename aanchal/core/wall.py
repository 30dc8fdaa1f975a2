"""Row-level security as migration operations: each table of persons says which permission opens it, for each command."""

from django.db import migrations

APP = "aanchal_app"
COUNTER = "aanchal_counter"


class Wall(migrations.RunSQL):
    """Policies of one table. Permissions are names of `access.permissions`; None closes the command to the application.

    A range test stands beside the exact one, so that a forgotten filter still walks an index (shared trust.md). A table that holds a row
    for a person or a family is FORCEd: not even its owner reads it. `of_places` says that a table holds none. `also` names a second column
    with a place: whoever reaches either place reaches the row (a missing person here, found there). `by_range=False` leaves the range test
    out, for tables that the clock asks by id: there it drew the planner to the index of places, which holds every row (docs/adr/0031).
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
        also: str = "",
        by_range: bool = True,
    ):
        inside = _inside if by_range else _exact
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} {'NO ' if of_places else ''}FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP} USING ({inside(read, also)})",
            f"CREATE POLICY {table}_count ON {table} FOR SELECT TO {COUNTER} USING (true)",
            f"GRANT SELECT ON {table} TO {COUNTER}",
        ]
        if insert:
            statements.append(f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO {APP} WITH CHECK ({_exact(insert, also)})")
        if update:
            statements.append(
                f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO {APP}"
                f" USING ({inside(update, also)}) WITH CHECK ({_exact(update, also)})"
            )
        if delete:
            statements.append(f"CREATE POLICY {table}_delete ON {table} FOR DELETE TO {APP} USING ({inside(delete, also)})")
        closed = [verb for verb, permission in (("INSERT", insert), ("UPDATE", update), ("DELETE", delete)) if not permission]
        if closed:
            statements.append(f"REVOKE {', '.join(closed)} ON {table} FROM {APP}")
        statements.append(f"REVOKE TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {APP}")
        super().__init__(sql=";\n".join(statements), reverse_sql=migrations.RunSQL.noop)


class Permit(migrations.RunSQL):
    """A second permission that opens a walled table, for the commands that are named."""

    def __init__(self, table: str, permission: str, *, read: bool = False, insert: bool = False, update: bool = False):
        name, inside, exact = f"{table}_{permission.replace('.', '_')}", _inside(permission), _exact(permission)
        clauses = {
            "SELECT": f"USING ({inside})" * read,
            "INSERT": f"WITH CHECK ({exact})" * insert,
            "UPDATE": f"USING ({inside}) WITH CHECK ({exact})" * update,
        }
        made = [f"CREATE POLICY {name}_{verb.lower()} ON {table} FOR {verb} TO {APP} {said}" for verb, said in clauses.items() if said]
        super().__init__(sql=";\n".join(made), reverse_sql=migrations.RunSQL.noop)


class TakeBack(migrations.RunSQL):
    """Of a table that is filled from files too, what a file made may be deleted again by who records there, and nothing else."""

    def __init__(self, table: str, *, permission: str):
        name = f"{table}_take_back"
        super().__init__(
            sql=f"GRANT DELETE ON {table} TO {APP};"
            f"CREATE POLICY {name} ON {table} FOR DELETE TO {APP} USING (({_inside(permission)}) AND network_made_by_file(id))",
            reverse_sql=migrations.RunSQL.noop,
        )


class Amendable(migrations.RunSQL):
    """Of a line that stands only these columns may change; of one that ended, nothing."""

    def __init__(self, table: str, permission: str, *more: str):
        columns = ", ".join(("stands", "ended_at", "ended_by_id", "ended_why", *more))
        super().__init__(
            sql=f"GRANT UPDATE ({columns}) ON {table} TO {APP};"
            f"CREATE POLICY {table}_amend ON {table} FOR UPDATE TO {APP}"
            f" USING (stands AND ({_inside(permission)})) WITH CHECK ({_exact(permission)})",
            reverse_sql=migrations.RunSQL.noop,
        )


class Moves(migrations.RunSQL):
    """Of rows kept as they were written only the number of the place may change: a record that moves takes them along."""

    def __init__(self, table: str, permission: str, column: str = "place_no"):
        super().__init__(
            sql=f"GRANT UPDATE ({column}) ON {table} TO {APP};"
            f"CREATE POLICY {table}_moves ON {table} FOR UPDATE TO {APP}"
            f" USING ({_between(permission, column)}) WITH CHECK ({column} <@ (SELECT acting_scope('{permission}')))",
            reverse_sql=migrations.RunSQL.noop,
        )


def _exact(permission: str, also: str = "") -> str:
    return " OR ".join(f"{column} <@ (SELECT acting_scope('{permission}'))" for column in ("place_no", also) if column)


def _inside(permission: str, also: str = "") -> str:
    return " OR ".join(_between(permission, column) for column in ("place_no", also) if column)


def _between(permission: str, column: str) -> str:
    low, high = (f"(SELECT acting_{end}('{permission}'))" for end in ("low", "high"))
    return f"{column} >= {low} AND {column} <= {high} AND {column} <@ (SELECT acting_scope('{permission}'))"
