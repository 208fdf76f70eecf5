"""Rollouts that wait for their turn, are asked to stop and say why they stopped; errors of municipalities by minute."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0011_noted_rows")]

    operations = [
        migrations.CreateModel(
            name="ServerErrors",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema_name", models.CharField(max_length=63, verbose_name="municipality")),
                ("minute", models.DateTimeField(help_text="When it began.", verbose_name="minute")),
                ("number", models.PositiveIntegerField(verbose_name="errors")),
            ],
            options={
                "verbose_name": "errors of a municipality",
                "verbose_name_plural": "errors of municipalities",
                "ordering": ("-minute", "schema_name"),
                "indexes": [models.Index(fields=["minute"], name="server_errors_minute")],
                "constraints": [
                    models.UniqueConstraint(fields=("schema_name", "minute"), name="server_errors_once"),
                ],
            },
        ),
        migrations.AddField(
            "rollout",
            "most_failures",
            models.PositiveSmallIntegerField(db_default=5, verbose_name="allowed failures in percent of a wave"),
        ),
        migrations.AddField(
            "rollout",
            "watch",
            models.PositiveSmallIntegerField(db_default=0, verbose_name="minutes to watch before the next wave"),
        ),
        migrations.AddField(
            "rollout", "stop_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked to stop")
        ),
        migrations.AddField(
            "rollout",
            "stop_asked_by",
            models.CharField(blank=True, db_default="", max_length=254, verbose_name="asked to stop by"),
        ),
        migrations.AddField(
            "rollout",
            "reason",
            models.CharField(
                blank=True,
                choices=[
                    ("failures", "too many failures"),
                    ("asked", "asked for by the operator"),
                    ("errors", "updated municipalities answered with errors"),
                    ("refused", "could not begin"),
                ],
                db_default="",
                max_length=20,
                verbose_name="why it stopped",
            ),
        ),
        migrations.AddField("rollout", "remark", models.TextField(blank=True, db_default="", verbose_name="remark")),
        migrations.AddField(
            "rollout",
            "errors_seen_at",
            models.DateTimeField(blank=True, null=True, verbose_name="errors looked at"),
        ),
        migrations.AlterField(
            "rollout",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting for its turn"),
                    ("running", "under way"),
                    ("done", "done"),
                    ("failed", "done, some municipalities failed"),
                    ("stopped", "stopped"),
                    ("interrupted", "its process ended early"),
                    ("superseded", "replaced by a later one"),
                ],
                default="running",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            "rolloutstep",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("done", "done"),
                    ("failed", "failed"),
                    ("gone", "municipality is gone"),
                ],
                default="waiting",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.RemoveConstraint("rollout", "rollout_state_known"),
        AddConstraintNotValid(
            "rollout",
            models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "running", "done", "failed", "stopped", "interrupted", "superseded"])
                ),
                name="rollout_state_known",
            ),
        ),
        migrations.RemoveConstraint("rolloutstep", "rollout_step_state_known"),
        AddConstraintNotValid(
            "rolloutstep",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "failed", "gone"])),
                name="rollout_step_state_known",
            ),
        ),
    ]
