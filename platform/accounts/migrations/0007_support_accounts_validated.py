from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_support_accounts")]

    operations = [ValidateConstraint("user", "user_support_has_no_access")]
