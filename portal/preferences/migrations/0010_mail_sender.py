from django.db import migrations, models

from core import fields


class Migration(migrations.Migration):
    """Who a municipality's mails say they are from, and how long their log is kept."""

    dependencies = [("preferences", "0009_rules_validated")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="mail_sender_name",
            field=fields.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="who mails say they are from"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="mail_from",
            field=fields.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="address mails are from"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="mail_log_days",
            field=models.PositiveSmallIntegerField(
                db_default=30, default=30, verbose_name="days for which the log of mails is kept"
            ),
        ),
    ]
