from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql" / "shared.sql"


class Migration(migrations.Migration):
    """A referral ends when who sent it takes it back; with her name, only while both of her consents live (docs/adr/0037).

    Who took a case out with the FIRs of her rescue stands in the log.
    """

    dependencies = [("cases", "0005_reviewed_in_the_state")]
    operations = [
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        migrations.AddField("disclosure", "with_firs", models.BooleanField(default=False)),
        migrations.AlterField(
            "referral",
            "state",
            models.CharField(
                choices=[
                    ("SENT", "Waits for an answer"),
                    ("ACCEPTED", "Accepted"),
                    ("DECLINED", "Declined"),
                    ("RETURNED", "Returned"),
                    ("RECALLED", "Taken back by who sent it"),
                    ("WITHDRAWN", "Ended: consent withdrawn"),
                ],
                default="SENT",
                max_length=9,
            ),
        ),
    ]
