"""Pictures that editors put into the library stay, whether anything shows them or not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0002_originals")]

    operations = [
        migrations.AddField(
            model_name="mediafile",
            name="kept",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
