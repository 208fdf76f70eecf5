"""Moving a municipality to another cell: why it takes nothing in, how far the move is, and the trigger that refuses."""

import uuid

import django.utils.timezone
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION public.tenants_refuse_writes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The municipality % moves to another server and is read-only meanwhile.', TG_TABLE_SCHEMA
        USING ERRCODE = 'read_only_sql_transaction';
END $$;
"""
UNDO = "DROP FUNCTION public.tenants_refuse_writes();"
PHASES = ["closed", "copied", "led", "gone", "opened", "done", "back"]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0018_comparable_figures")]

    operations = [
        migrations.RunSQL(REFUSE, UNDO, hints={"reviewed": "A new function that nothing calls yet."}),
        migrations.AddField(
            "municipality",
            "hold",
            models.CharField(
                blank=True,
                choices=[
                    ("closed", "read-only, being moved"),
                    ("leaving", "read-only, being handed over"),
                    ("gone", "moved away"),
                    ("arriving", "read-only, arriving"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="move",
            ),
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="key")),
                ("slug", models.CharField(max_length=63, verbose_name="short name")),
                ("cell", models.CharField(max_length=40, verbose_name="other cell")),
                ("arrives", models.BooleanField(default=False, verbose_name="arrives here")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("closed", "read-only"),
                            ("copied", "copied and compared"),
                            ("led", "the proxy leads to the new cell"),
                            ("gone", "given up here"),
                            ("opened", "open in the new cell"),
                            ("done", "removed here"),
                            ("back", "taken back"),
                        ],
                        default="closed",
                        max_length=10,
                        verbose_name="phase",
                    ),
                ),
                ("by", models.CharField(max_length=254, verbose_name="who")),
                ("luggage", models.JSONField(default=dict, verbose_name="luggage")),
                (
                    "closed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="read-only since"),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="open again")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "move",
                "verbose_name_plural": "moves",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("slug",), name="move_one_at_a_time"
                    ),
                    models.CheckConstraint(condition=models.Q(("phase__in", PHASES)), name="move_phase_known"),
                ],
            },
        ),
    ]
