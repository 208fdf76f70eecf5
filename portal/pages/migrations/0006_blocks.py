"""Pages may be made of blocks. Pages of before have none: each is its one text, and says what it said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_german_order")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="blocks",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="blocks"),
        ),
    ]
