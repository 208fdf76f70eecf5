"""Who must have a second factor, and which version of the terms of use counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("preferences", "0005_approval_carried_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="second_factor",
            field=models.CharField(
                choices=[
                    ("nobody", "nobody (for demonstrations only)"),
                    ("editors", "editors and administrators"),
                    ("town_hall", "everybody of the town hall, planners too"),
                    ("everybody", "everybody, providers too"),
                ],
                db_default="editors",
                default="editors",
                max_length=10,
                verbose_name="who must have a second factor",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="terms_note",
            field=models.CharField(
                blank=True, db_default="", max_length=500, verbose_name="what is new in the terms of use"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="terms_version",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="version of the terms of use"),
        ),
    ]
