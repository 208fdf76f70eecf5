"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_easy_texts")]

    operations = [
        migrations.AlterModelOptions(
            name="page",
            options={
                "ordering": ("position", ByName("title"), "id"),
                "verbose_name": "page",
                "verbose_name_plural": "pages",
            },
        ),
    ]
