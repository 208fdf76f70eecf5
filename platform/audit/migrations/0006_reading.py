"""Indexes by which the log is read and filtered: who, what, when, and what was done while acting as somebody else."""

import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("audit", "0005_head")]

    operations = [
        AddIndexConcurrently("entry", models.Index(fields=["actor_id", "-id"], name="audit_actor")),
        AddIndexConcurrently("entry", models.Index(fields=["action", "-id"], name="audit_action")),
        AddIndexConcurrently("entry", models.Index(fields=["at"], name="audit_at")),
        AddIndexConcurrently(
            "entry",
            models.Index(
                django.db.models.fields.json.KT("changes__acting"),
                name="audit_acting",
                condition=models.Q(("changes__has_key", "acting")),
            ),
        ),
    ]
