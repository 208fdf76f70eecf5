"""What jobs found out for the operator's pages of rollouts."""

import django.utils.timezone
from django.db import migrations, models

_STATES = [("waiting", "being made"), ("done", "made"), ("failed", "could not be made")]


def _look():
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
        ("asked_by", models.CharField(max_length=254, verbose_name="asked for by")),
        (
            "state",
            models.CharField(choices=_STATES, default="waiting", max_length=10, verbose_name="state"),
        ),
        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
        ("error", models.TextField(blank=True, verbose_name="error")),
    ]


def _rules(name):
    return [
        models.CheckConstraint(
            condition=models.Q(("state__in", ["waiting", "done", "failed"])), name=f"{name}_state_known"
        ),
        models.UniqueConstraint(
            condition=models.Q(("state", "waiting")), fields=("state",), name=f"{name}_one_waiting"
        ),
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DriftLook",
            fields=[
                *_look(),
            ],
            options={
                "verbose_name": "request for a check for drift",
                "verbose_name_plural": "requests for checks for drift",
                "ordering": ("-pk",),
                "constraints": _rules("drift_look"),
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                *_look(),
                (
                    "code",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the release's migrations"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="municipalities")),
                ("shared", models.JSONField(default=list, verbose_name="shared schema")),
                ("groups", models.JSONField(default=list, verbose_name="groups")),
            ],
            options={
                "verbose_name": "plan of a rollout",
                "verbose_name_plural": "plans of rollouts",
                "ordering": ("-pk",),
                "constraints": _rules("rollout_plan"),
            },
        ),
    ]
