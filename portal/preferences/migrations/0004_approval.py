"""What needs approval has three answers now."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("preferences", "0003_gone_after_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="approval",
            field=models.CharField(
                blank=True,
                choices=[
                    ("providers", "new providers only"),
                    ("offers", "new providers and new offers"),
                    ("changes", "new providers, new offers and every change"),
                ],
                db_default="",
                default="",
                help_text="Providers you trust are exempt.",
                max_length=10,
                verbose_name="what needs approval",
            ),
        ),
        AddConstraintNotValid(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(("approval__in", ["", "providers", "offers", "changes"])),
                name="preferences_approval_known",
            ),
        ),
    ]
