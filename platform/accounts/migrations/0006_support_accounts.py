from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that stand for whoever was let in to help: never active, never with a role."""

    dependencies = [("accounts", "0005_acting")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_support",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        AddConstraintNotValid(
            "user",
            models.CheckConstraint(
                condition=models.Q(
                    ("is_support", False), models.Q(("is_active", False), ("roles", [])), _connector="OR"
                ),
                name="user_support_has_no_access",
            ),
        ),
    ]
