from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether providers are reminded, and what becomes of offers nobody looks at then."""

    dependencies = [("preferences", "0010_mail_sender")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="remind_providers",
            field=models.BooleanField(db_default=True, default=True, verbose_name="providers are reminded by mail"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="note_after_days",
            field=models.PositiveSmallIntegerField(
                db_default=14, default=14, verbose_name="days from a reminder until an unchecked offer says so"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="hide_after_days",
            field=models.PositiveSmallIntegerField(
                db_default=42, default=42, verbose_name="days from a reminder until an unchecked offer is hidden"
            ),
        ),
    ]
