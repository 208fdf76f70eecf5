"""How long the page of an ended offer still answers."""

from django.core.validators import MaxValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("preferences", "0002_watched")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="gone_after_days",
            field=models.PositiveSmallIntegerField(
                default=180,
                help_text="Until then its page still says what it was and shows what else there is.",
                validators=[MaxValueValidator(3650)],
                verbose_name="days until an ended offer is gone",
            ),
        ),
        migrations.AddConstraint(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_after_days__lte", 3650)),
                name="preferences_gone_after_days",
                violation_error_message="At most ten years (3650 days).",
            ),
        ),
    ]
