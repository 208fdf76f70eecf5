"""Why a move stopped, to be read afterwards, and which of several municipalities of one short name it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0020_span_differences")]

    operations = [
        migrations.AddField(
            "move",
            "error",
            models.CharField(blank=True, db_default="", default="", max_length=500, verbose_name="what went wrong"),
        ),
        migrations.AddField(
            "move",
            "town_made_at",
            models.DateTimeField(blank=True, null=True, verbose_name="municipality made at"),
        ),
    ]
