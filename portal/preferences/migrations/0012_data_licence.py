from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Under which licence others may use what is public."""

    dependencies = [("preferences", "0011_reminders")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="data_licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "none chosen: others have to ask"),
                    ("dl-zero-de/2.0", "Data licence Germany – Zero – 2.0 (no conditions)"),
                    ("dl-by-de/2.0", "Data licence Germany – Attribution – 2.0"),
                    ("cc-zero", "Creative Commons CC0 1.0 (no conditions)"),
                    ("cc-by/4.0", "Creative Commons Attribution 4.0 (CC BY)"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="licence of the open data",
            ),
        ),
        AddConstraintNotValid(
            "preferences",
            models.CheckConstraint(
                condition=models.Q(
                    ("data_licence__in", ["", "dl-zero-de/2.0", "dl-by-de/2.0", "cc-zero", "cc-by/4.0"])
                ),
                name="preferences_data_licence_known",
            ),
        ),
    ]
