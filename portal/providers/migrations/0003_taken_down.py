"""When the editors took a profile down; the date of its first publication stays from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_watched")]

    operations = [
        migrations.AddField(
            model_name="provider",
            name="taken_down_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="By the editors, and not public again since: then nothing is told of it.",
                null=True,
                verbose_name="taken down",
            ),
        ),
        migrations.AlterField(
            model_name="provider",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first public"),
        ),
    ]
