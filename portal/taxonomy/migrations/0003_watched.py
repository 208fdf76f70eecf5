"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("taxonomy", "0002_no_circles")]

    operations = [watch("taxonomy_category", "taxonomy_targetgroup", "taxonomy_district", "taxonomy_marker")]
