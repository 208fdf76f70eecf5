"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("tenants", "0008_shared_values")]

    operations = [
        migrations.AlterModelOptions(
            name="municipality",
            options={
                "ordering": (ByName("name"), "id"),
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
            },
        ),
    ]
