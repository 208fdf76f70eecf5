"""What was changed last, of everything, without reading all of it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("revisions", "0002_history_stays")]

    operations = [
        AddIndexConcurrently(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "working"), _negated=True),
                fields=["-settled_at", "-id"],
                include=("kind",),
                name="revision_recent",
            ),
        ),
    ]
