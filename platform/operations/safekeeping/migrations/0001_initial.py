"""Exports that somebody asked for in the browser."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=63, verbose_name="short name")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("asked_by", models.CharField(max_length=254, verbose_name="asked for by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being written"),
                            ("done", "ready"),
                            ("failed", "failed"),
                            ("removed", "file deleted"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=100)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("bytes", models.BigIntegerField(blank=True, null=True, verbose_name="size")),
                ("rows", models.PositiveBigIntegerField(default=0, verbose_name="rows")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="files")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "done", "failed", "removed"])),
                        name="export_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("slug",), name="export_one_waiting"
                    ),
                ],
            },
        )
    ]
