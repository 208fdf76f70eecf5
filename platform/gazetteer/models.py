"""The tables of German postcodes and places."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.singleton import Singleton, singleton_constraint

# As the states write their own names; these are names, not words to translate.
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
# What must stand wherever places or postcodes are shown on a map or found by a search.
ATTRIBUTION = "© OpenStreetMap (ODbL), GeoNames (CC BY 4.0), countries-states-cities-database (ODbL)"


class Postcode(models.Model):
    """A German postcode, its middle in degrees (WGS 84) and the places it belongs to."""

    code = models.CharField(_("postcode"), max_length=5, primary_key=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    names = ArrayField(models.CharField(max_length=120), verbose_name=_("places"), default=list, blank=True)

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = (models.CheckConstraint(name="postcode_five_digits", condition=models.Q(code__regex=r"^\d{5}$")),)

    def __str__(self) -> str:
        return f"{self.code} {self.names[0]}" if self.names else self.code


class Place(models.Model):
    """A German town, village or part of one. Several may have the same name."""

    name = models.CharField(_("name"), max_length=120)
    key = models.CharField(_("name as it is compared"), max_length=150)
    state = models.CharField(pgettext_lazy("of Germany", "state"), max_length=2, choices=STATES)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"), default=0)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = (models.Index(fields=("key",), name="place_key_prefix", opclasses=("varchar_pattern_ops",)),)
        constraints = (
            models.CheckConstraint(name="place_state_known", condition=models.Q(state__in=list(STATES))),
            models.CheckConstraint(name="place_key_given", condition=~models.Q(key="")),
        )

    def __str__(self) -> str:
        return self.name


class SchoolHoliday(models.Model):
    """Days on which the schools of a state are closed, as the state sets them (gazetteer.free_days)."""

    state = models.CharField(pgettext_lazy("of Germany", "state"), max_length=2, choices=STATES)
    name = models.CharField(_("name"), max_length=80)
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school holidays")
        verbose_name_plural = _("school holidays")
        constraints = (
            models.UniqueConstraint(fields=("state", "first_date"), name="school_holiday_once"),
            models.CheckConstraint(name="school_holiday_state_known", condition=models.Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="school_holiday_in_order", condition=models.Q(last_date__gte=models.F("first_date"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.first_date} – {self.last_date}"


class Edition(Singleton):
    """Which data the tables hold, so that a start does not load the same again."""

    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("edition of the gazetteer")
        verbose_name_plural = _("editions of the gazetteer")
        constraints = (singleton_constraint("gazetteer_edition_one_row"),)
