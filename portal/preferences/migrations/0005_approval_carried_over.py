"""What a municipality has today, said by the new column: with approval of every offer its changes waited too."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

CARRY_OVER = """
UPDATE preferences_preferences SET approval = CASE WHEN offer_approval THEN 'changes' ELSE 'providers' END
WHERE approval = '';
"""


class Migration(migrations.Migration):
    dependencies = [("preferences", "0004_approval")]

    operations = [
        migrations.RunSQL(
            CARRY_OVER,
            migrations.RunSQL.noop,
            hints={"reviewed": "One row; the code of the release before does not know the column."},
        ),
        ValidateConstraint(model_name="preferences", name="preferences_approval_known"),
    ]
