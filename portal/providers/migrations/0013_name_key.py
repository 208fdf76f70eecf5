"""What a provider is sorted by stands beside it, kept by the database."""

from django.db import migrations, models

from core.ordering import keep_keys


class Migration(migrations.Migration):
    dependencies = [("providers", "0012_tells_rows")]

    operations = [
        migrations.AddField(
            "provider",
            "name_key",
            models.TextField(db_collation="C", editable=False, null=True),
        ),
        keep_keys("providers_provider", "name", "name_key"),
    ]
