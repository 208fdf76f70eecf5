from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0003_headers"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="next_try_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="next try"),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="given up on"),
        ),
    ]
