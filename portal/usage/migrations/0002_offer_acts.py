"""What visitors do with an offer besides looking at it."""

from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [("usage", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DailyOfferAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="count")),
                ("source", core.fields.CharField(blank=True, default="", max_length=20, verbose_name="source")),
                ("offer_id", models.BigIntegerField(verbose_name="offer")),
                (
                    "act",
                    core.fields.CharField(
                        choices=[
                            ("phone", "telephone number pressed"),
                            ("mail", "mail address pressed"),
                            ("website", "website or registration opened"),
                            ("form", "contact form opened"),
                            ("bookmark", "remembered"),
                            ("calendar", "dates taken into a calendar"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of an offer on a day",
                "verbose_name_plural": "use of offers by day",
                "indexes": [models.Index(fields=["offer_id", "day"], name="offer_act_by_offer")],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "offer_id", "act", "source"), name="daily_offer_act_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offer_id", models.BigIntegerField(verbose_name="offer")),
                ("month", models.DateField(verbose_name="first day of the month")),
                ("views", models.PositiveIntegerField(verbose_name="views")),
                ("contacts", models.PositiveIntegerField(verbose_name="contacts")),
                ("bookmarks", models.PositiveIntegerField(verbose_name="bookmarks")),
                ("calendar", models.PositiveIntegerField(verbose_name="calendar files")),
            ],
            options={
                "verbose_name": "use of an offer in a month",
                "verbose_name_plural": "use of offers by month",
                "constraints": [models.UniqueConstraint(fields=("month", "offer_id"), name="offer_month_once")],
            },
        ),
    ]
