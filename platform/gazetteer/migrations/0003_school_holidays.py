"""School holidays of the federal states."""

from django.db import migrations, models

STATES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}


class Migration(migrations.Migration):
    dependencies = [("gazetteer", "0002_places")]

    operations = [
        migrations.CreateModel(
            name="SchoolHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=list(STATES.items()), max_length=2, verbose_name="state")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("first_date", models.DateField(verbose_name="first day")),
                ("last_date", models.DateField(verbose_name="last day")),
            ],
            options={
                "verbose_name": "school holidays",
                "verbose_name_plural": "school holidays",
                "constraints": [
                    models.UniqueConstraint(fields=("state", "first_date"), name="school_holiday_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", list(STATES))), name="school_holiday_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_date__gte", models.F("first_date"))), name="school_holiday_in_order"
                    ),
                ],
            },
        ),
    ]
