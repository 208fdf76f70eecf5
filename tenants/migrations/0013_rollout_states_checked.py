"""What 0012 asks of new rows of rollouts holds for the old ones too."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0012_rollout_orders")]

    operations = [
        ValidateConstraint("rollout", "rollout_state_known"),
        ValidateConstraint("rolloutstep", "rollout_step_state_known"),
    ]
