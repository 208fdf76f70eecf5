from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the administration is asked before an operator comes in to help."""

    dependencies = [("preferences", "0014_embed_hosts")]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="support_consent",
            field=models.BooleanField(db_default=False, default=False, verbose_name="support access only with consent"),
        ),
    ]
