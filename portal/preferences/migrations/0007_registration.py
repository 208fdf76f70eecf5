"""Whether organisations may register by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("preferences", "0006_second_factor_and_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="registration_open",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="If not, the page of registration says so and how to reach you.",
                verbose_name="organisations may register by themselves",
            ),
        ),
    ]
