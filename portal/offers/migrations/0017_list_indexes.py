"""Pages of the editors' list of tens of thousands of offers, by last change and by name, without sorting them all."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("offers", "0016_document_edition_index")]

    operations = [
        AddIndexConcurrently("offer", models.Index(fields=("-updated_at", "-id"), name="offer_changed")),
        AddIndexConcurrently("offer", models.Index(fields=("title_key", "id"), name="offer_by_name")),
        # The few that reminders have noted or hidden, counted beside the rules.
        AddIndexConcurrently(
            "offer",
            models.Index(fields=("noted_at",), condition=models.Q(noted_at__isnull=False), name="offer_noted"),
        ),
        AddIndexConcurrently(
            "offer",
            models.Index(fields=("hidden_at",), condition=models.Q(hidden_at__isnull=False), name="offer_hidden"),
        ),
    ]
