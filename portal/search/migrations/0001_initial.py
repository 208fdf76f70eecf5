"""Words of the same meaning, with a starter list for municipalities that are there already."""

import django.contrib.postgres.fields
from django.db import migrations, models

from portal.search.synonyms import STARTER
from tenants.running.changes import watch


def fill(apps, schema_editor):
    """A new municipality gets them when it is provisioned (portal.search.receivers), not here."""
    if apps.get_model("preferences", "Preferences").objects.exists():
        words = apps.get_model("search", "Synonyms")
        words.objects.bulk_create(words(words=list(each)) for each in STARTER)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenants", "0003_content_changed"), ("preferences", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="Two or more, for example Kita, Kindergarten, Kindertagesstätte.",
                        size=None,
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "words of the same meaning",
                "verbose_name_plural": "words of the same meaning",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words__len__gte", 2)),
                        name="synonyms_at_least_two",
                        violation_error_message="Please give at least two words.",
                    )
                ],
            },
        ),
        watch("search_synonyms"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
