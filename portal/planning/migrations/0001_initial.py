from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Span",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offer_id", models.BigIntegerField(verbose_name="offer")),
                ("provider_id", models.BigIntegerField(verbose_name="provider")),
                ("since", models.DateTimeField(verbose_name="public since")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "time of being public",
                "verbose_name_plural": "times of being public",
                "indexes": [models.Index(fields=["offer_id", "until"], name="planning_span_of_offer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="planning_span_in_order"
                    )
                ],
            },
        ),
    ]
