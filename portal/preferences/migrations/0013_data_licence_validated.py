from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("preferences", "0012_data_licence")]

    operations = [ValidateConstraint("preferences", "preferences_data_licence_known")]
