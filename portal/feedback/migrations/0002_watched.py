"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("feedback", "0001_initial")]

    operations = [watch("feedback_accessibilitystatement", "feedback_knownbarrier")]
