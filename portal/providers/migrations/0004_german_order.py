"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("providers", "0003_taken_down")]

    operations = [
        migrations.AlterModelOptions(
            name="carrier",
            options={
                "ordering": (ByName("name"), "id"),
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
            },
        ),
        migrations.AlterModelOptions(
            name="provider",
            options={
                "ordering": (ByName("name"), "id"),
                "verbose_name": "provider",
                "verbose_name_plural": "providers",
            },
        ),
    ]
