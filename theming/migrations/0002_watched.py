"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("theming", "0001_initial")]

    operations = [watch("theming_theme", "theming_partnerlogo")]
