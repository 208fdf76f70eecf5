from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Offers without dates are asked for on every page of the editors: without an index all offers are read for it."""

    atomic = False
    dependencies = [("offers", "0009_left_out")]

    operations = [
        AddIndexConcurrently(
            model_name="offer",
            index=models.Index(
                fields=["updated_at"], condition=~models.Q(dates_problem=""), name="offer_dates_problem"
            ),
        ),
    ]
