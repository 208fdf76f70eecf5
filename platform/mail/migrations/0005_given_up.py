from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was given up is asked for on every page of the editors: without an index all mails are read for it."""

    atomic = False
    dependencies = [("mail", "0004_next_try")]

    operations = [
        AddIndexConcurrently(
            model_name="outboxmessage",
            index=models.Index(fields=["failed_at"], condition=models.Q(state="failed"), name="outbox_given_up"),
        ),
    ]
