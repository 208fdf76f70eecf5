"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("offers", "0006_editing_validated")]

    operations = [
        migrations.AlterModelOptions(
            name="offer",
            options={
                "ordering": (ByName("title"), "id"),
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
            },
        ),
    ]
