"""Which part of the offers is free of charge or barrier-free: what municipalities of different sizes compare by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0017_answer_times"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipalityfigures",
            name="free_offers",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="published offers free of charge"),
        ),
        migrations.AddField(
            model_name="municipalityfigures",
            name="accessible_offers",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="published offers that are barrier-free"
            ),
        ),
    ]
