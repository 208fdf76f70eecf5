"""Searchable texts tell in which way they were written, so that a release that writes others makes them anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0014_tells_rows")]

    operations = [
        migrations.AddField("searchdocument", "edition", models.SmallIntegerField(default=0, db_default=0)),
    ]
