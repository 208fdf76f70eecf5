"""Words that residents search and that find nothing, with what they may mean."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Unanswered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=100, unique=True, verbose_name="search words")),
                ("asked", models.PositiveIntegerField(verbose_name="how often")),
                ("last_day", models.DateField(verbose_name="last on")),
                (
                    "proposals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("dismissed", models.BooleanField(default=False, verbose_name="left as it is")),
            ],
            options={
                "verbose_name": "search words without results",
                "verbose_name_plural": "search words without results",
                "ordering": ("-asked", "term"),
            },
        ),
    ]
