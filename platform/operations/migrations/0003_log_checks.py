"""What was found when audit logs were looked over, of all municipalities in one place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_given_up_mail")]

    operations = [
        migrations.CreateModel(
            name="LogCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema_name", models.CharField(max_length=63, unique=True)),
                ("verified_at", models.DateTimeField(verbose_name="looked over")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("whole", "whole"),
                            ("broken", "broken"),
                            ("cut", "cut"),
                            ("replaced", "replaced"),
                            ("checkpoint", "checkpoint"),
                        ],
                        max_length=12,
                        verbose_name="found",
                    ),
                ),
                ("entries", models.PositiveBigIntegerField(verbose_name="entries")),
                ("first", models.BigIntegerField(null=True, verbose_name="first entry that does not fit")),
                ("wrong", models.PositiveBigIntegerField(default=0, verbose_name="entries that do not fit")),
                (
                    "checkpoint_at",
                    models.DateTimeField(null=True, verbose_name="compared with what was written down on"),
                ),
                ("found_at", models.DateTimeField(null=True, verbose_name="not whole since")),
                ("told_at", models.DateTimeField(null=True, verbose_name="operators were told")),
            ],
            options={
                "verbose_name": "look at an audit log",
                "verbose_name_plural": "looks at audit logs",
                "ordering": ("schema_name",),
            },
        ),
    ]
