"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("theming", "0002_watched")]

    operations = [
        migrations.AlterModelOptions(
            name="partnerlogo",
            options={
                "ordering": ("order", ByName("name"), "id"),
                "verbose_name": "partner logo",
                "verbose_name_plural": "partner logos",
            },
        ),
    ]
