"""Tell every process when what the board remembers changes."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("tickets", "0001_initial")]

    operations = [watch("tickets_ticket", "tickets_participant")]
