"""The holes a wall in the database can have, each tried as the application's role and found shut (shared trust.md, figure 2)."""

# ruff: noqa: E501, PT012, PT017 - a statement of SQL reads best on one line, and what is raised is looked into

import time
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting, User
from aanchal.core import keys
from aanchal.insight import definition
from aanchal.insight.measures import MEASURES
from aanchal.people.models import Household
from tests.factories import make_household
from tests.trust import insight_part
from tests.trust.world import TELEPHONE, new_id, rows, walled

SHUT = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.InvalidAuthorizationSpecification,
    psycopg.errors.ActiveSqlTransaction,
    psycopg.errors.UndefinedObject,
)
EVERYONE = "SELECT count(*) FROM people_household"


@pytest.fixture
def attacker(world, server, own_database_of_module):
    """A connection of the application's role, as a thief of its password would open it. Nothing stays."""
    with psycopg.connect(server.conninfo(own_database_of_module, "aanchal_app")) as thief:
        yield thief
        thief.rollback()


def token() -> str:
    return rows("SELECT current_setting('aanchal.acting')")[0][0]


def seen(thief) -> int:
    return thief.execute(EVERYONE).fetchone()[0]


def test_it_opens_for_whoever_acts_there(world):
    """The twin of every test here: the same question, rightly asked, is answered."""
    with acting(world.crp):
        assert rows(EVERYONE) == [(here(world),)]


def here(world) -> int:
    """The families of the world's village, by who sees all; the village next door has others."""
    with acting(SYSTEM):
        return Household.every.filter(place=world.here).count()


# The acting token


def test_a_token_is_worth_nothing_in_another_backend(world, attacker):
    with acting(world.crp):
        attacker.execute("SELECT set_config('aanchal.acting', %s, true)", [token()])
        with pytest.raises(SHUT):
            seen(attacker)


def test_a_token_is_worth_nothing_in_a_later_transaction(world):
    with acting(world.crp):
        stolen = token()
    with pytest.raises(Exception, match="refused"), transaction.atomic():
        rows("SELECT set_config('aanchal.acting', %s, true)", stolen)
        rows(EVERYONE)


def test_a_token_ends_with_its_transaction(world):
    with acting(world.crp):
        pass
    assert rows("SELECT coalesce(current_setting('aanchal.acting', true), '')") == [("",)]
    assert rows(EVERYONE) == [(0,)]


@pytest.mark.parametrize(
    "edit",
    [
        lambda told: told.replace('"system": false', '"system": true'),
        lambda told: told.replace("{[", "{[0,9223372036854775806),[", 1),
        lambda told: "0" * 64 + told[64:],
        lambda told: told[:-1],
        lambda told: '{"system": true}',
        lambda told: "0" * 64 + '{"system": true, "scopes": {}}',
    ],
)
def test_an_edited_token_is_refused(world, edit):
    with pytest.raises(Exception, match="refused|invalid|odd number|hexadecimal"), acting(world.stranger):
        told = token()
        assert edit(told) != told
        rows("SELECT set_config('aanchal.acting', %s, true)", edit(told))
        rows(EVERYONE)


def opened(thief, *, actor=None, system=False, expires=60, mac=None, pid=None):
    at = int(time.time()) + expires
    right = keys.keyed_hash("acting", actor or "", "t" if system else "f", at, pid or thief.info.backend_pid)
    return thief.execute("SELECT acting_open(%s::uuid, %s, %s, %s)", [actor, system, at, right if mac is None else mac])


def test_the_token_of_the_test_itself_is_right(world, attacker):
    opened(attacker, actor=str(world.crp.pk))
    assert seen(attacker) == here(world)


@pytest.mark.parametrize(
    "wrong", [{"expires": -1}, {"mac": b""}, {"mac": b"0" * 32}, {"pid": 1}, {"mac": None, "actor": None, "system": True, "pid": 2}]
)
def test_a_token_expired_or_signed_otherwise_or_for_another_backend_is_refused(world, attacker, wrong):
    with pytest.raises(SHUT):
        opened(attacker, **{"actor": str(world.crp.pk)} | wrong)


def test_the_signature_of_one_person_does_not_open_for_another(world, attacker):
    at = int(time.time()) + 60
    mac = keys.keyed_hash("acting", str(world.stranger.pk), "f", at, attacker.info.backend_pid)
    for actor, system in ((str(world.crp.pk), False), (str(world.stranger.pk), True), (None, True)):
        with pytest.raises(SHUT):
            attacker.execute("SELECT acting_open(%s::uuid, %s, %s, %s)", [actor, system, at, mac])
        attacker.rollback()


def test_no_other_session_shows_its_token(world, attacker):
    with acting(world.crp):
        payload = token()
        rows(EVERYONE)
        told = str(attacker.execute("SELECT * FROM pg_stat_activity").fetchall())
        told += str(attacker.execute("SELECT * FROM pg_prepared_statements").fetchall())
    assert payload[:64] not in told
    assert "acting_open('" not in told
    assert settings.DATABASES["default"]["OPTIONS"]["server_side_binding"]


# What the application's role may not do at all

FORBIDDEN = {
    "read the keys": "SELECT * FROM core_secret",
    "compute with the keys": "SELECT keyed_hash('mark', 'x'::bytea)",
    "become the owner": "SET ROLE aanchal_owner",
    "become the counter": "SET ROLE aanchal_counter",
    "become the superuser": "SET SESSION AUTHORIZATION postgres",
    "take the wall down": "ALTER TABLE people_household DISABLE ROW LEVEL SECURITY",
    "take a policy away": "DROP POLICY people_household_read ON people_household",
    "add a policy": "CREATE POLICY all_of_it ON people_household USING (true)",
    "change a role": "ALTER ROLE aanchal_app BYPASSRLS",
    "grant": "GRANT aanchal_owner TO aanchal_app",
    "own a table": "ALTER TABLE people_household OWNER TO aanchal_app",
    "make a function": "CREATE FUNCTION public.peep() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "replace a function": "CREATE OR REPLACE FUNCTION acting_scope(permission text) RETURNS int8multirange LANGUAGE sql AS $$SELECT '{(,)}'::int8multirange$$",
    "make a view": "CREATE VIEW public.peep AS SELECT * FROM people_household",
    "make a table": "CREATE TABLE public.peep (n int)",
    "add a trigger": "CREATE TRIGGER peep BEFORE INSERT ON people_household FOR EACH ROW EXECUTE FUNCTION trail_refuses_change()",
    "read a file": "SELECT pg_read_file('postgresql.conf')",
    "write a file": "COPY (SELECT 1) TO '/tmp/peep'",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "switch triggers off": "SET session_replication_role = replica",
    "grant itself a permission": "INSERT INTO access_rolepermission (role, permission) VALUES ('gender_crp', 'trail.read')",
    "take a permission from others": "DELETE FROM access_rolepermission",
    "write a line of the trail itself": "INSERT INTO core_trail (shard, seq) VALUES (0, 1)",
    "change the trail": "UPDATE core_trail SET actor = NULL",
    "move a head of the trail": "UPDATE core_trailhead SET seq = 0",
    "read statistics of the columns": "SELECT * FROM pg_statistic",
}  # fmt: skip


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_it_is_forbidden(world, attacker, statement):
    opened(attacker, actor=str(world.officer.pk))
    with pytest.raises(SHUT):
        attacker.execute(statement)


@pytest.mark.parametrize("table", ["access_user", "access_device", "access_posting", "places_place", "mfa_authenticator"])
def test_it_empties_no_table(attacker, table):
    with pytest.raises(SHUT):
        attacker.execute(f"TRUNCATE {table} CASCADE")


def deleted(attacker, table) -> int:
    """How many rows went; where the role may delete at all (figures that are made anew), the wall shows it none."""
    try:
        return attacker.execute(f"DELETE FROM {table}").rowcount
    except SHUT:
        return 0
    finally:
        attacker.rollback()


def test_it_empties_and_deletes_nothing_behind_the_wall(world, attacker):
    for table in walled():
        with pytest.raises(SHUT):
            attacker.execute(f"TRUNCATE {table} CASCADE")
        attacker.rollback()
        assert deleted(attacker, table) == 0


def test_reset_role_and_switching_the_wall_off_widen_nothing(world, attacker):
    opened(attacker, actor=str(world.stranger.pk))
    attacker.execute("RESET ROLE; RESET SESSION AUTHORIZATION")
    assert seen(attacker) == 0
    attacker.execute("SET row_security = off")
    with pytest.raises(SHUT):
        seen(attacker)


# Widening one's own scope

WIDEN = {
    "a posting for oneself": "INSERT INTO access_posting (id, user_id, role, place_id, place_no, since)"
    " VALUES (gen_random_uuid(), %(me)s, 'block_officer', %(nation)s, %(nation_no)s, '2020-01-01')",
    "a posting that says it is elsewhere": "INSERT INTO access_posting (id, user_id, role, place_id, place_no, since)"
    " VALUES (gen_random_uuid(), %(me)s, 'block_officer', %(nation)s, %(my_no)s, '2020-01-01')",
    "one's posting moved": "UPDATE access_posting SET place_id = %(nation)s WHERE user_id = %(me)s",
    "another's posting taken": "UPDATE access_posting SET user_id = %(me)s WHERE user_id = %(them)s",
    "one's role raised": "UPDATE access_posting SET role = 'block_officer' WHERE user_id = %(me)s",
    "one's village made wide": "UPDATE places_place SET last_no = 9000000000000000000 WHERE id = %(mine)s",
    "one's village moved": "UPDATE places_place SET place_no = 77, last_no = 78 WHERE id = %(mine)s",
    "the next village made part of one's own": "UPDATE places_place SET part_of_id = %(mine)s WHERE id = %(here)s",
    "a new place as part of one's own": "INSERT INTO places_place (level, name, names, part_of_id, place_no, last_no, census2011, kind)"
    " VALUES ('VILLAGE', 'x', '{}', %(mine)s, 5, 9000000000000000000, '', '')",
    "another's password": "UPDATE access_user SET password = 'x' WHERE id <> %(me)s",
    "a closed account opened": "UPDATE access_user SET is_active = true, name = 'x' WHERE id <> %(me)s",
    "another's account ended": "UPDATE access_user SET is_active = false WHERE id <> %(me)s",
    "a phone in another's name": "INSERT INTO access_device (id, user_id, label, token_hash, enrolled_at)"
    " VALUES (gen_random_uuid(), %(them)s, 'x', 'x', now())",
    "another's phone taken": "UPDATE access_device SET token_hash = sha256(id::text::bytea)",
    "another's second factor": "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%(them)s, 'totp', '{}', now())",
}  # fmt: skip


def values(world, me) -> dict:
    nation = world.here.nation
    return {
        "me": me.pk, "them": world.crp.pk, "mine": world.next_door.pk, "my_no": world.next_door.place_no, "here": world.here.pk,
        "nation": nation.pk, "nation_no": nation.place_no,
    }  # fmt: skip


@pytest.mark.parametrize("statement", WIDEN.values(), ids=WIDEN)
@pytest.mark.parametrize("who", ["stranger", "visitor", "nobody"])
def test_nobody_widens_their_own_scope(world, statement, who):
    """Refused, or no row is touched; and afterwards the same is seen as before."""
    entered = {"stranger": lambda: acting(world.stranger), "visitor": lambda: acting(AnonymousUser()), "nobody": transaction.atomic}
    told = values(world, world.stranger)
    with entered[who](), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, told)
                changed = cursor.rowcount
        except Exception as problem:
            changed = 0
            assert isinstance(problem.__cause__, psycopg.errors.InsufficientPrivilege), problem
    assert changed == 0
    with acting(world.stranger):
        assert rows(EVERYONE) == [(0,)]


@pytest.mark.parametrize("statement", WIDEN.values(), ids=WIDEN)
def test_the_same_statements_do_something_for_the_installation(world, server, own_database_of_module, statement):
    with psycopg.connect(server.conninfo(own_database_of_module)) as superuser:
        assert superuser.execute(statement, values(world, world.stranger)).rowcount > 0
        superuser.rollback()


def test_a_manager_of_users_posts_only_where_she_manages(world):
    manager = world.post("administrator", world.here.district)
    told = {"role": "vo_leader", "since": "2020-01-01", "user": world.stranger}
    with acting(manager):
        Posting.objects.create(place=world.here, place_no=world.here.place_no, **told)
    for place, number in ((world.far, world.far.place_no), (world.far, world.here.place_no), (world.here.nation, world.here.place_no)):
        with pytest.raises(Exception, match="row-level security"), acting(manager):
            Posting.objects.create(place=place, place_no=number, **told)
    with acting(SYSTEM):
        Posting.objects.filter(user=world.stranger, role="vo_leader").update(until="2020-01-02")


def test_people_still_change_what_is_their_own(world):
    with acting(world.stranger):
        assert User.objects.filter(pk=world.stranger.pk).update(language="hi") == 1
    assert User.objects.filter(pk=world.stranger.pk).update(last_login="2026-01-01T00:00Z") == 1
    assert Device.objects.filter(user=world.crp).update(last_seen_on="2026-01-01") == 1


# The trail under another's name


@pytest.mark.parametrize("who", [None, AnonymousUser()])
def test_nobody_writes_a_line_without_a_name(world, who):
    with pytest.raises(Exception, match="nobody is acting"), acting(who) if who else transaction.atomic():
        rows("SELECT trail_append(%s::jsonb)", '[{"verb": "x", "about": "x", "about_id": "x", "detail": {}}]')


def test_a_line_bears_the_name_of_who_acts_whatever_it_says(world):
    line = f'[{{"verb": "x", "about": "x", "about_id": "forged", "detail": {{}}, "actor": "{world.crp.pk}", "shard": 0, "seq": 1}}]'
    with acting(world.stranger):
        rows("SELECT trail_append(%s::jsonb)", line)
    with acting(SYSTEM):
        assert rows("SELECT actor FROM core_trail WHERE about_id = 'forged'") == [(world.stranger.pk,)]


# Functions that run with more rights than their caller's

DEFINERS = "SELECT oid::regprocedure::text, proconfig, proowner::regrole::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"


def loose(definers) -> list[str]:
    """A search path not fixed, or one that looks into the caller's temporary tables before its own."""
    return [
        name for name, config, _ in definers if not config or not config[0].startswith("search_path=") or not config[0].endswith("pg_temp")
    ]


def test_every_function_with_rights_of_its_own_looks_only_where_it_should(world, server, own_database_of_module):
    with psycopg.connect(server.conninfo(own_database_of_module)) as superuser:
        found = superuser.execute(DEFINERS).fetchall()
        assert len(found) >= 12
        assert loose(found) == []
        assert {owner for _, _, owner in found} <= {"aanchal_owner", "aanchal_counter"}
        superuser.execute("CREATE FUNCTION left_open() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'SELECT 1'")
        assert loose(superuser.execute(DEFINERS).fetchall()) == ["left_open()"]
        superuser.rollback()


TEMPORARY = """
    CREATE TEMP TABLE core_secret (name text, inner_block bytea, outer_block bytea);
    INSERT INTO core_secret SELECT n, ''::bytea, ''::bytea FROM unnest(ARRAY['mark', 'acting', 'trail']) n;
    CREATE TEMP TABLE access_posting AS SELECT gen_random_uuid() AS id, '{me}'::uuid AS user_id, 'block_officer' AS role, {nation}::bigint AS place_id,
        '2020-01-01'::date AS since, NULL::date AS until;
    CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$SELECT ''::bytea$$;
    CREATE FUNCTION pg_temp.acting_payload() RETURNS jsonb LANGUAGE sql AS $$SELECT '{{"system": true}}'::jsonb$$;
    GRANT SELECT ON core_secret, access_posting TO PUBLIC
"""


@contextmanager
def temporary_rights(server, database):
    """What an operator's own server may grant; the embedded one does not."""
    with psycopg.connect(server.conninfo(database), autocommit=True) as superuser:
        superuser.execute(f'GRANT TEMPORARY ON DATABASE "{database}" TO aanchal_app')
        yield
        superuser.execute(f'REVOKE TEMPORARY ON DATABASE "{database}" FROM aanchal_app')


def test_tables_and_functions_of_the_callers_own_hijack_nothing(world, server, own_database_of_module, attacker):
    with temporary_rights(server, own_database_of_module):
        attacker.execute(TEMPORARY.format(me=world.stranger.pk, nation=world.here.nation_id))
        attacker.execute("SET search_path = pg_temp, public")
        opened(attacker, actor=str(world.stranger.pk))
        assert seen(attacker) == 0
        payload = '{"system": true}'
        forged = attacker.execute("SELECT encode(pg_catalog.sha256(pg_catalog.sha256(convert_to(pg_backend_pid()::text || '|' ||"
                                  " transaction_timestamp()::text || '|' || %s, 'UTF8'))), 'hex')", [payload]).fetchone()[0]  # fmt: skip
        attacker.execute("SELECT set_config('aanchal.acting', %s, true)", [forged + payload])
        with pytest.raises(SHUT):
            seen(attacker)


# Rows behind the wall, written at


def test_an_upsert_on_an_unseen_row_changes_and_shows_nothing(world, attacker):
    opened(attacker, actor=str(world.stranger.pk))
    with pytest.raises(SHUT):
        attacker.execute(
            "INSERT INTO people_household (id, code, place_id, place_no, hamlet, social_category, house_type, land_class, visited_on, recorded_at)"
            " VALUES (%s, 'AAAAAA', %s, %s, '', 'ST', '', '', now(), now())"
            " ON CONFLICT (id) DO UPDATE SET place_no = EXCLUDED.place_no RETURNING code",
            [world.household.pk, world.next_door.pk, world.next_door.place_no],
        )


def test_an_upsert_that_does_nothing_returns_nothing(world, attacker):
    opened(attacker, actor=str(world.stranger.pk))
    told = attacker.execute(
        "INSERT INTO people_household (id, code, place_id, place_no, hamlet, social_category, house_type, land_class, visited_on, recorded_at)"
        " VALUES (%s, 'AAAAAA', %s, %s, '', 'ST', '', '', now(), now()) ON CONFLICT DO NOTHING RETURNING code",
        [world.household.pk, world.next_door.pk, world.next_door.place_no],
    )
    assert told.fetchall() == []


def test_the_id_of_a_family_elsewhere_changes_nothing_there(world):
    """That the id is taken can be learnt only by who knows the id; nothing else is."""
    before = world.household
    with pytest.raises(Exception, match="duplicate|ElsewhereRecorded|") as problem:
        make_household(world.next_door, pk=before.pk)
    assert TELEPHONE not in str(problem.value)
    assert before.code not in str(problem.value)
    with acting(SYSTEM):
        assert Household.objects.get(pk=before.pk).place_no == world.here.place_no


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE {t} SET place_no = %(mine)s",
        "UPDATE {t} SET place_no = place_no",
        "UPDATE {t} SET place_no = %(mine)s WHERE place_no = %(here)s",
    ],
)
def test_no_row_is_moved_into_scope(world, verb):
    for table in walled():
        with acting(world.stranger), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(verb.format(t=table), {"mine": world.next_door.place_no, "here": world.here.place_no})
                    assert cursor.rowcount == 0, table
            except Exception as problem:
                assert isinstance(problem.__cause__, psycopg.errors.InsufficientPrivilege), problem


def test_no_row_is_moved_out_of_scope(world):
    with pytest.raises(Exception, match="row-level security|permission denied"), acting(world.crp):
        rows("UPDATE people_household SET place_no = %s", world.next_door.place_no)


@pytest.mark.parametrize("verb", ["MERGE INTO people_household t USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET hamlet = 'x' RETURNING t.code",
                                  "UPDATE people_household SET hamlet = 'x' RETURNING code",
                                  "SELECT code FROM people_household FOR UPDATE"])  # fmt: skip
def test_writing_returns_no_row_it_may_not_see(world, verb):
    with acting(world.stranger):
        assert rows(verb) == []
    with acting(world.crp):
        kept = len(rows(verb))
    assert kept == here(world)


# What describes the rows instead of showing them


def test_statistics_of_walled_tables_are_not_shown(world, server, own_database_of_module, attacker):
    with psycopg.connect(server.conninfo(own_database_of_module), autocommit=True) as superuser:
        superuser.execute("ANALYZE")
        assert superuser.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'people_person'").fetchone()[0] > 0
    opened(attacker, actor=str(world.stranger.pk))
    told = attacker.execute("SELECT tablename FROM pg_stats WHERE tablename = ANY(%s)", [walled()]).fetchall()
    assert told == []
    assert attacker.execute("SELECT * FROM pg_stats_ext").fetchall() == []


def test_no_view_passes_by_the_wall(world, server, own_database_of_module):
    query = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)"
    with psycopg.connect(server.conninfo(own_database_of_module)) as superuser:
        assert superuser.execute(query).fetchall() == []
        superuser.execute("CREATE VIEW left_open AS SELECT * FROM people_household")
        assert superuser.execute(query).fetchall() == [("left_open",)]
        superuser.rollback()


# The role of published tables


def test_the_public_role_reads_what_was_released_and_nothing_else(world, server, own_database_of_module):
    with psycopg.connect(server.conninfo(own_database_of_module, "aanchal_public")) as public:
        query = (
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S', 'p')"
            " AND (CASE relkind WHEN 'S' THEN has_sequence_privilege(oid, 'SELECT') ELSE has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE') END)"
        )
        open_ones = {
            "awards_openaward", "insight_released", "insight_releasedrow", "library_openfile", "library_openpaper", "posters_openposter",
        }  # fmt: skip
        assert {name for (name,) in public.execute(query)} == open_ones
        for table in sorted(open_ones):
            with pytest.raises(SHUT):
                public.execute(f"DELETE FROM {table}")
            public.rollback()
        ours = public.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND has_function_privilege(oid, 'EXECUTE')"
        )
        assert [name for (name,) in ours if not name.startswith("procrastinate")] == ["library_found_open"]
        with pytest.raises(SHUT):
            public.execute("CREATE TABLE public.peep (n int)")


def test_a_household_cannot_be_attached_from_elsewhere(world):
    """A membership in one's own village that names a family of another shows nothing of that family."""
    person = new_id()
    with acting(world.stranger):
        rows("INSERT INTO people_person (id, place_id, place_no, sex, age_basis, marital_status, school_status) VALUES (%s, %s, %s, 'FEMALE', 'STATED', '', '')",
             person, world.next_door.pk, world.next_door.place_no)  # fmt: skip
        rows("INSERT INTO people_membership (id, household_id, person_id, place_no, relation, since) VALUES (gen_random_uuid(), %s, %s, %s, 'SELF', now())",
             world.household.pk, person, world.next_door.place_no)  # fmt: skip
        assert rows("SELECT h.code FROM people_membership m JOIN people_household h ON h.id = m.household_id") == []
        assert rows("SELECT p.id FROM people_membership m JOIN people_person p ON p.id = m.person_id WHERE p.id <> %s", person) == []
        transaction.set_rollback(True)


def test_what_the_program_counts_of_every_table_is_what_the_tables_say(world):
    """Behind every wall it reads all rows: an indicator that silently missed some would be a hole too."""
    found, told = insight_part.counted()
    assert {key: found[key] for key in told} == told
    assert sum(n > 0 for n in told.values()) >= len(told) - 4


def test_no_part_is_more_than_its_whole(world):
    found, _told = insight_part.counted()
    for one in definition.read(definition.SHIPPED, MEASURES):
        assert not one.is_share or found[one.numerator] <= found[one.denominator], one.code
