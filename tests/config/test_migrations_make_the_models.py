"""A new database is what the models say: no migration is missing, and each constraint and index stands in it."""

import io

from django.apps import apps
from django.core.management import call_command
from django.db import connection


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


def test_each_constraint_and_index_stands_in_the_database(db):
    ours = [model._meta for model in apps.get_models() if model.__module__.startswith("aanchal.")]
    wanted = {one.name for meta in ours if meta.managed for one in (*meta.constraints, *meta.indexes)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'")
        have = {name for (name,) in cursor.fetchall()}
    assert len(wanted) > 300
    assert wanted <= have
