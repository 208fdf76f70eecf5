"""Counters that all processes share. Without a log: written at every sign-in, worth nothing after a crash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_figures_version")]

    operations = [
        migrations.CreateModel(
            name="SharedValue",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="key")),
                ("value", models.JSONField(verbose_name="value")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="expires")),
            ],
            options={"verbose_name": "shared value", "verbose_name_plural": "shared values"},
        ),
        migrations.RunSQL(
            "ALTER TABLE tenants_sharedvalue SET UNLOGGED",
            hints={"reviewed": "The table was made a moment ago in this migration and is empty."},
        ),
    ]
