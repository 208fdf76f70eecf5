"""A change of a provider tells which one it was, so that the search need not read all of them anew."""

from django.db import migrations

from tenants.running.changes import watch_rows


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("providers", "0011_merged")]

    operations = [watch_rows(providers_provider="id")]
