"""Pages may belong to the area for professionals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0006_blocks")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="for_professionals",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Listed in the area for professionals (/fachkraefte/).",
                verbose_name="for professionals",
            ),
        ),
    ]
