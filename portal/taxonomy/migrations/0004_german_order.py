"""Names in the German order. Changes what Django knows of the tables, not the tables."""

from django.db import migrations

from core.ordering import ByName


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0003_watched")]

    operations = [
        migrations.AlterModelOptions(
            name="category",
            options={
                "ordering": ("position", ByName("name"), "id"),
                "verbose_name": "category",
                "verbose_name_plural": "categories",
            },
        ),
        migrations.AlterModelOptions(
            name="district",
            options={
                "ordering": ("position", ByName("name"), "id"),
                "verbose_name": "district",
                "verbose_name_plural": "districts",
            },
        ),
        migrations.AlterModelOptions(
            name="marker",
            options={
                "ordering": ("position", ByName("name"), "id"),
                "verbose_name": "marker",
                "verbose_name_plural": "markers",
            },
        ),
        migrations.AlterModelOptions(
            name="targetgroup",
            options={
                "ordering": ("position", ByName("name"), "id"),
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
            },
        ),
    ]
