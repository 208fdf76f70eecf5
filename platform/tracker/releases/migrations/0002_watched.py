"""Tell every process when what the board remembers changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("releases", "0001_initial")]

    operations = [watch("releases_release", "releases_item")]
