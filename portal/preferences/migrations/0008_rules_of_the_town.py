"""What an editor sets under /redaktion/einstellungen/: each column begins as the service behaved without it."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import portal.preferences.defaults


class Migration(migrations.Migration):
    dependencies = [
        ("preferences", "0007_registration"),
    ]

    operations = [
        migrations.AddField(
            model_name="preferences",
            name="ai_crawlers",
            field=models.BooleanField(db_default=False, default=False, verbose_name="AI crawlers may read the portal"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="contact_by_form",
            field=models.BooleanField(db_default=True, default=True, verbose_name="contact by a form"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="ends_soon_weeks",
            field=models.PositiveSmallIntegerField(
                db_default=4, default=4, verbose_name="weeks before its end in which an offer ends soon"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="federal_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("BW", "Baden-Württemberg"),
                    ("BY", "Bayern"),
                    ("BE", "Berlin"),
                    ("BB", "Brandenburg"),
                    ("HB", "Bremen"),
                    ("HH", "Hamburg"),
                    ("HE", "Hessen"),
                    ("MV", "Mecklenburg-Vorpommern"),
                    ("NI", "Niedersachsen"),
                    ("NW", "Nordrhein-Westfalen"),
                    ("RP", "Rheinland-Pfalz"),
                    ("SL", "Saarland"),
                    ("SN", "Sachsen"),
                    ("ST", "Sachsen-Anhalt"),
                    ("SH", "Schleswig-Holstein"),
                    ("TH", "Thüringen"),
                ],
                db_default="",
                default="",
                max_length=2,
                verbose_name="federal state",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="figures_months",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="months for which figures are kept"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="mail_receiver",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="who gets the mails to the editors"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="mail_reply_to",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="where answers to mails go"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="page_size",
            field=models.PositiveSmallIntegerField(db_default=20, default=20, verbose_name="results on a page"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="radius_steps",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                db_default=[2, 5, 10, 20, 50],
                default=portal.preferences.defaults.radius_steps,
                size=None,
                verbose_name="radiuses to choose from",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="search_engines",
            field=models.BooleanField(db_default=True, default=True, verbose_name="search engines may list the portal"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="search_filters",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                db_default=["topic", "when", "whom", "place", "matters", "language"],
                default=portal.preferences.defaults.search_filters,
                size=None,
                verbose_name="filters of the search",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="search_flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                db_default=["free", "accessible", "online", "volunteering"],
                default=portal.preferences.defaults.search_flags,
                size=None,
                verbose_name="yes-or-no filters of the search",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="stale_after_months",
            field=models.PositiveSmallIntegerField(
                db_default=6, default=6, verbose_name="months until something counts as long unchecked"
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="start_sort",
            field=models.CharField(
                choices=[("naechste", "next date first"), ("neu", "newest first"), ("name", "by name, A to Z")],
                db_default="naechste",
                default="naechste",
                max_length=10,
                verbose_name="first order of the search",
            ),
        ),
        migrations.AddField(
            model_name="preferences",
            name="trusted_exempt",
            field=models.BooleanField(db_default=True, default=True, verbose_name="trusted providers need no approval"),
        ),
        migrations.AddField(
            model_name="preferences",
            name="usual_radius",
            field=models.PositiveSmallIntegerField(
                db_default=10, default=10, verbose_name="usual radius in kilometres"
            ),
        ),
        AddConstraintNotValid(
            model_name="preferences",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_soon_weeks__range", (1, 12)),
                    ("figures_months__lte", 120),
                    ("page_size__in", (10, 20, 30, 50)),
                    ("stale_after_months__range", (1, 24)),
                    ("start_sort__in", ["naechste", "neu", "name"]),
                    ("usual_radius__range", (1, 100)),
                ),
                name="preferences_numbers",
            ),
        ),
    ]
