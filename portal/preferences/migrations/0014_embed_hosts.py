from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which websites may show parts of the portal in a frame: none, until somebody lists them."""

    dependencies = [("preferences", "0013_data_licence_validated")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="embed_hosts",
            field=ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="websites that may show the portal in a frame",
            ),
        ),
    ]
