"""Tell every process when the map changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("maps", "0001_initial")]

    operations = [watch("maps_mapsettings")]
