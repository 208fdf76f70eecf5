"""Rules may leave out the holidays of the state, and single days have a reason."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0008_media_key")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="reasons",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="reasons"),
        ),
        migrations.AddField(
            model_name="schedule",
            name="off",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("public", "public holidays"), ("school", "school holidays")], max_length=10
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="leaves out",
            ),
        ),
    ]
