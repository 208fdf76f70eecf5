"""Tell every process when what the board remembers changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("voting", "0002_standings")]

    operations = [watch("voting_standing")]
