"""The rules of 0005 hold for all rows."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("providers", "0006_media_rows")]

    operations = [
        ValidateConstraint(model_name="provider", name="provider_name_given"),
        ValidateConstraint(model_name="provider", name="provider_state_known"),
    ]
