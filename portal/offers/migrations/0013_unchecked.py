from django.db import migrations, models


class Migration(migrations.Migration):
    """What becomes of offers nobody looks at although their people were reminded: a note, then nobody finds them."""

    dependencies = [("offers", "0012_title_key")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="noted_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Reminders were sent and nobody answered: its page says so (portal.upkeep).",
                null=True,
                verbose_name="said to be unchecked since",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="hidden_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text=(
                    "Nobody answered further reminders: nobody finds it until somebody looks at it (portal.upkeep)."
                ),
                null=True,
                verbose_name="hidden as unchecked since",
            ),
        ),
    ]
