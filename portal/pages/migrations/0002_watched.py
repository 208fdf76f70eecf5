"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("pages", "0001_initial")]

    operations = [watch("pages_page", "pages_redirect")]
