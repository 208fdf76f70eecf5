"""Answers to the details of the municipality's own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0010_dates_problem"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="extras",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                help_text="Answers to the details of the municipality's own (portal.offer_fields.answers).",
                verbose_name="own details",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="internal",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                verbose_name="internal details",
            ),
        ),
    ]
