"""The release a municipality's schema has belongs to its figures: an overview must not ask every schema for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0006_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipalityfigures",
            name="schema_version",
            field=models.CharField(blank=True, db_default="", max_length=300, verbose_name="schema version"),
        ),
    ]
