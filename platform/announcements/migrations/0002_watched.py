"""Tell every process when an announcement is published, withdrawn, or meant for others."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("announcements", "0001_initial")]

    operations = [watch("announcements_announcement", "announcements_announcement_towns")]
