"""The numbers of the rules keep their bounds."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("preferences", "0008_rules_of_the_town")]

    operations = [ValidateConstraint(model_name="preferences", name="preferences_numbers")]
