from django.db import migrations

from aanchal.core.wall import Wall


class Migration(migrations.Migration):
    """A practice that was recorded stays: a later one stands beside it."""

    dependencies = [("money", "0003_procurement"), ("access", "0004_guard")]
    operations = [Wall("money_procurement", read="money.read", insert="money.record")]
