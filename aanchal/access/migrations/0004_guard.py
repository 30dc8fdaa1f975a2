from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "guard.sql"


class Migration(migrations.Migration):
    """Accounts, second factors and phones are changed by their own user, by who manages users, or by the installation."""

    dependencies = [("access", "0003_given_password"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
