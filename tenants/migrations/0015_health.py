"""What the operator's table of all municipalities shows besides: editors, mail, and the last check for drift."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0014_rollout_one_open"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipalityfigures",
            name="last_editor_activity",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last activity of an editor"),
        ),
        migrations.AddField(
            model_name="municipalityfigures",
            name="mails_sent",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="mails sent"),
        ),
        migrations.AddField(
            model_name="municipalityfigures",
            name="mails_bounced",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="mails that came back"),
        ),
        migrations.CreateModel(
            name="DriftCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("compared", models.PositiveIntegerField(verbose_name="schemas compared")),
                ("found", models.JSONField(default=dict, verbose_name="what was found")),
            ],
            options={
                "verbose_name": "check for drift",
                "verbose_name_plural": "checks for drift",
                "ordering": ("-id",),
            },
        ),
    ]
