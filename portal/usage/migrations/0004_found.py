"""How much a search found, and which filters it used."""

from django.db import migrations, models

import core.fields

_FOUND = {
    "nothing": "of which without a result",
    "few": "of which with few results",
    "many": "of which with many results",
}
_ACTS = [
    ("phone", "telephone number pressed"),
    ("mail", "mail address pressed"),
    ("website", "website or registration opened"),
    ("form", "contact form opened"),
    ("bookmark", "remembered"),
    ("calendar", "dates taken into a calendar"),
    ("route", "way there looked up"),
    ("share", "passed on"),
]


def _found() -> list[tuple[str, models.IntegerField]]:
    return [(name, models.IntegerField(db_default=0, verbose_name=label)) for name, label in _FOUND.items()]


class Migration(migrations.Migration):
    dependencies = [("usage", "0003_by_offer")]

    operations = [
        *(
            migrations.AddField(model_name=model, name=name, field=field)
            for model in ("dailysearch", "dailycategorysearch")
            for name, field in _found()
        ),
        migrations.CreateModel(
            name="DailyFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="count")),
                ("source", core.fields.CharField(blank=True, default="", max_length=20, verbose_name="source")),
                *_found(),
                ("name", core.fields.CharField(blank=True, max_length=20, verbose_name="filter")),
                ("value", core.fields.CharField(blank=True, max_length=40, verbose_name="value")),
            ],
            options={
                "verbose_name": "filter of a day",
                "verbose_name_plural": "filters by day",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "name", "value", "source"), name="daily_filter_once")
                ],
            },
        ),
        migrations.AlterField(
            model_name="dailyofferact",
            name="act",
            field=core.fields.CharField(choices=_ACTS, max_length=10, verbose_name="what was done"),
        ),
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "span",
                    models.SmallIntegerField(
                        choices=[(1, "third of a month"), (2, "month"), (3, "quarter"), (4, "year")],
                        verbose_name="length",
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("what", core.fields.CharField(blank=True, max_length=20, verbose_name="what was counted")),
                ("which", core.fields.CharField(blank=True, max_length=100, verbose_name="which one")),
                ("shown", models.IntegerField(verbose_name="as it may be shown")),
                ("slack", models.SmallIntegerField(verbose_name="how many more it may be")),
            ],
            options={
                "verbose_name": "what was sought, as it may be shown",
                "verbose_name_plural": "what was sought, as it may be shown",
                "constraints": [models.UniqueConstraint(fields=("what", "span", "first", "which"), name="sought_once")],
            },
        ),
    ]
