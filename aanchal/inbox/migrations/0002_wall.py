from django.db import migrations

from aanchal.core.wall import Wall


class Migration(migrations.Migration):
    """The raw submissions behind the wall."""

    dependencies = [("inbox", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("inbox_submission", read="submission.send", insert="submission.send", update="submission.review"),
        Wall("inbox_attachment", read="submission.send", insert="submission.send"),
    ]
