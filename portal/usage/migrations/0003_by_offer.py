"""The figures of one offer over years, without reading everybody's."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("usage", "0002_offer_acts")]

    operations = [
        AddIndexConcurrently(
            model_name="dailyofferview",
            index=models.Index(fields=["offer_id", "day"], name="offer_view_by_offer"),
        ),
    ]
