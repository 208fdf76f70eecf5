"""Tell every process when the languages of a municipality change."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("translation", "0001_initial")]

    operations = [watch("translation_languagesettings")]
