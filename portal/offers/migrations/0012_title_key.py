"""What an offer is sorted by stands beside it, kept by the database."""

from django.db import migrations, models

from core.ordering import keep_keys


class Migration(migrations.Migration):
    dependencies = [("offers", "0011_own_details")]

    operations = [
        migrations.AddField(
            "offer",
            "title_key",
            models.TextField(db_collation="C", editable=False, null=True),
        ),
        keep_keys("offers_offer", "title", "title_key"),
    ]
