"""What operators were told of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=40, unique=True, verbose_name="cause")),
                ("seen", models.PositiveIntegerField(default=0, verbose_name="measurements with it")),
                ("missed", models.PositiveIntegerField(default=0, verbose_name="measurements without it")),
                ("is_open", models.BooleanField(default=False, verbose_name="told and not over")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="last told")),
                (
                    "told_number",
                    models.PositiveIntegerField(default=0, verbose_name="municipalities when last told"),
                ),
                ("measured_at", models.DateTimeField(verbose_name="measured")),
            ],
            options={
                "verbose_name": "alert",
                "verbose_name_plural": "alerts",
                "ordering": ("cause",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_open", False), ("told_at__isnull", False), _connector="OR"),
                        name="alert_open_was_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen", 0), ("missed", 0), _connector="OR"), name="alert_seen_or_missed"
                    ),
                ],
            },
        ),
    ]
