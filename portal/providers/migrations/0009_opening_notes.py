"""Opening hours may have a note on a single weekday, and say that it is closed in the holidays."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0008_media_key")]

    operations = [
        migrations.AddField(
            model_name="provider",
            name="closed_in_school_holidays",
            field=models.BooleanField(db_default=False, default=False, verbose_name="closed in the school holidays"),
        ),
        migrations.AddField(
            model_name="provider",
            name="closed_on_holidays",
            field=models.BooleanField(db_default=False, default=False, verbose_name="closed on public holidays"),
        ),
        migrations.AddField(
            model_name="provider",
            name="opening_notes",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Nothing, or seven texts, Monday first.",
                verbose_name="notes on single weekdays",
            ),
        ),
    ]
