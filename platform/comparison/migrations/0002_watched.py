"""Tell every process when the night has written months: what is summed up of all municipalities is remembered."""

from django.db import migrations

from tenants.running.changes import watch


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("comparison", "0001_initial")]

    operations = [watch("comparison_monthfigures")]
