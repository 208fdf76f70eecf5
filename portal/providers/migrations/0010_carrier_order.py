"""Carriers get an order of the editors' own, and can be retired."""

from django.db import migrations, models

import core.ordering


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0009_opening_notes"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="carrier",
            options={
                "ordering": ("position", core.ordering.ByName("name"), "id"),
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
            },
        ),
        migrations.AddField(
            model_name="carrier",
            name="position",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="carrier",
            name="retired",
            field=models.BooleanField(db_default=False, default=False, verbose_name="retired"),
        ),
    ]
