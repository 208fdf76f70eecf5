"""Numbers beside the filters of the editors' lists, without reading the whole rows of tens of thousands of offers."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("offers", "0017_list_indexes")]

    operations = [
        AddIndexConcurrently(
            "offer",
            models.Index(
                fields=("state",),
                include=(
                    "id",
                    "ends_at",
                    "hidden_at",
                    "reviewed_at",
                    "updated_at",
                    "accessibility",
                    "cost_kind",
                    "provider",
                    "title",
                ),
                name="offer_counted",
            ),
        ),
    ]
