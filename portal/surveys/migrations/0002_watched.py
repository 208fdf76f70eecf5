"""Tell every process when something residents see changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("surveys", "0001_initial")]

    operations = [watch("surveys_survey", "surveys_question")]
