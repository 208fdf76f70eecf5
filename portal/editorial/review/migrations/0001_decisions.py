"""Decisions that can be taken back, and sentences for reasons."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields

VERBS = [
    ("approved", "approved"),
    ("changed", "approved with own changes"),
    ("returned", "given back"),
    ("blocked", "blocked"),
]


def _key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Sentence",
            fields=[
                ("id", _key()),
                ("text", core.fields.TextField(max_length=500, verbose_name="sentence")),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "sentence", "verbose_name_plural": "sentences", "ordering": ("position", "pk")},
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", _key()),
                ("kind", core.fields.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("revision_id", models.BigIntegerField()),
                ("verb", core.fields.CharField(choices=VERBS, max_length=10)),
                ("title", core.fields.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("memory", models.JSONField(blank=True, default=dict)),
                ("after", core.fields.CharField(max_length=64)),
                ("mails", models.JSONField(blank=True, default=list)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["revision_id"], name="decision_of_revision")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verb__in", ["approved", "changed", "returned", "blocked"])),
                        name="decision_verb_known",
                    )
                ],
            },
        ),
    ]
