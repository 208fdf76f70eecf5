"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("offers", "0003_bounded_dates")]

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
