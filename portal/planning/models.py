"""What the room keeps: when each offer was public, figures of small areas, notes of planners and views they keep."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.ordering import ByName, name_key
from portal.taxonomy.models import OLDEST, District

INHABITANTS = "Einwohner"
LONGEST_QUERY = 2000
FIRST_YEAR, LAST_YEAR = 1990, 2100
# What nobody is shown: so few people could be recognised.
FEWEST = 5
LONGEST_WAY = 240


class Span(models.Model):
    """A time in which an offer was public: published, not hidden, by a public provider, and not over.

    Kept by triggers (migration 0002) in the transaction of whatever changes it. The end may lie ahead, where the last
    date is known; it is missing where there is none. Mere numbers: what was public stays so when an offer goes.
    """

    offer_id = models.BigIntegerField(_("offer"))
    provider_id = models.BigIntegerField(_("provider"))
    since = models.DateTimeField(_("public since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("time of being public")
        verbose_name_plural = _("times of being public")
        constraints = (
            models.CheckConstraint(
                name="planning_span_in_order", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
        )
        indexes = (models.Index(fields=("offer_id", "until"), name="planning_span_of_offer"),)

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.since:%Y-%m-%d}"


class SourceQuerySet(models.QuerySet["Source"]):
    """Which files."""

    def of_figures(self) -> "SourceQuerySet":
        """Those that brought figures of small areas."""
        return self.filter(starts=None)

    def of_times(self) -> "SourceQuerySet":
        """Those that brought travel times."""
        return self.exclude(starts=None)

    def replaced(self) -> "SourceQuerySet":
        """Those of which nothing is left."""
        return self.filter(figures=None, starts=None)

    def named(self) -> list[tuple[str, date]]:
        """Name and day of each, once, by name."""
        return sorted(set(self.values_list("name", "as_of")), key=lambda each: (name_key(each[0]), each[1]))


class Source(models.Model):
    """A file of figures that was taken over: where they come from, as of when, and who brought them."""

    name = fields.CharField(_("source"), max_length=200, help_text=_("For example: statistics office of the town."))
    as_of = models.DateField(_("as of"))
    file_name = fields.CharField(_("file"), max_length=200)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    brought_at = models.DateTimeField(_("taken over"), default=timezone.now)

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("source of figures")
        verbose_name_plural = _("sources of figures")
        ordering = ("-brought_at", "-id")

    def __str__(self) -> str:
        return self.name


class Unit(models.TextChoices):
    """What a figure of an area is."""

    NUMBER = "number", _("number")
    PERCENT = "percent", _("percent")


class AreaFigure(models.Model):
    """One figure of one district: of people of some ages, in one year. `indicator` is the word of the file."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="figures")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="+")
    indicator = fields.CharField(_("indicator"), max_length=60)
    unit = fields.CharField(_("unit"), max_length=8, choices=Unit)
    from_age = models.PositiveSmallIntegerField(_("from age"), default=0)
    to_age = models.PositiveSmallIntegerField(_("to age"), default=OLDEST)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("figure of a district")
        verbose_name_plural = _("figures of districts")
        ordering = ("indicator", "year", "from_age", "district_id")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year", "from_age", "to_age", "district"), name="area_figure_once"
            ),
            models.CheckConstraint(name="area_figure_ages_in_order", condition=Q(from_age__lte=F("to_age"))),
            models.CheckConstraint(name="area_figure_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="area_figure_percent_possible", condition=~Q(unit=Unit.PERCENT) | Q(value__lte=100)
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


class TravelStart(models.Model):
    """Where people set out from: a district, or a small area or stop within it. A district's starts come from one
    file. How many people live at each weighs them; unknown where there is one alone."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="starts")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="+")
    name = fields.CharField(_("small area or stop"), max_length=200, blank=True)
    people = models.PositiveIntegerField(
        _("inhabitants"), null=True, blank=True, validators=[MinValueValidator(FEWEST)]
    )

    class Meta:
        verbose_name = _("beginning of ways")
        verbose_name_plural = _("beginnings of ways")
        ordering = ("district_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=("district", "name"), name="travel_start_once"),
            models.CheckConstraint(
                name="travel_start_not_few", condition=Q(people__isnull=True) | Q(people__gte=FEWEST)
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.district)


class TravelTime(models.Model):
    """How many minutes it takes from a start to a district, or to a place of offers by its name (as `core.text.fold`
    writes it)."""

    start = models.ForeignKey(TravelStart, on_delete=models.CASCADE, related_name="times")
    to_district = models.ForeignKey(District, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to_place = fields.CharField(_("place"), max_length=200, blank=True)
    on_foot = models.PositiveSmallIntegerField(_("minutes on foot"), null=True, blank=True)
    by_bus = models.PositiveSmallIntegerField(_("minutes by bus"), null=True, blank=True)

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        ordering = ("start_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("start", "to_district"), condition=Q(to_place=""), name="travel_time_to_district_once"
            ),
            models.UniqueConstraint(
                fields=("start", "to_place"), condition=~Q(to_place=""), name="travel_time_to_place_once"
            ),
            models.CheckConstraint(
                name="travel_time_to_one_end",
                condition=Q(to_district__isnull=False, to_place="") | (Q(to_district__isnull=True) & ~Q(to_place="")),
            ),
            models.CheckConstraint(
                name="travel_time_in_minutes",
                condition=(Q(on_foot__isnull=False) | Q(by_bus__isnull=False))
                & (Q(on_foot__isnull=True) | Q(on_foot__lte=LONGEST_WAY))
                & (Q(by_bus__isnull=True) | Q(by_bus__lte=LONGEST_WAY)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.start_id}: {self.on_foot} / {self.by_bus}"


class FigureNote(models.Model):
    """What planners say about a figure; it stands with it on the page and in its files."""

    LONGEST: ClassVar[int] = 2000

    figure = fields.CharField(_("figure"), max_length=40, unique=True)
    text = fields.TextField(_("note"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note of the planners")
        verbose_name_plural = _("notes of the planners")
        ordering = ("figure",)

    def __str__(self) -> str:
        return self.text[:60]


class SavedView(models.Model):
    """A page of the evaluation with its period and filters that somebody keeps under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = fields.CharField(_("name"), max_length=80)
    path = fields.CharField(_("page"), max_length=100)
    query = fields.CharField(_("period and filters"), max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(_("shared with the colleagues"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = (ByName("name"), "id")
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="saved_view_named_once"),
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
            models.CheckConstraint(name="saved_view_of_the_evaluation", condition=Q(path__startswith="/auswertung/")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it leads."""
        return f"{self.path}?{self.query}" if self.query else self.path


class DistrictSheet(models.Model):
    """Several indicators side by side on maps, with the planner's own words, and districts put into types by two of
    them (`portal.planning.sheets`). `indicators` and `axes` are keys; `names` is what each type is called."""

    MOST: ClassVar[int] = 6
    LONGEST: ClassVar[int] = 4000

    name = fields.CharField(_("name"), max_length=80)
    text = fields.TextField(_("words beside the maps"), blank=True)
    indicators = models.JSONField(default=list)
    axes = models.JSONField(default=list)
    names = models.JSONField(default=dict)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comparison of districts")
        verbose_name_plural = _("comparisons of districts")
        ordering = (ByName("name"), "id")
        constraints = (models.CheckConstraint(name="district_sheet_named", condition=~Q(name="")),)

    def __str__(self) -> str:
        return self.name


class Reconciliation(models.Model):
    """What a night found that the spans had wrong, and mended (`portal.planning.reconciling`)."""

    at = models.DateTimeField(_("looked at"))
    by_log = models.PositiveIntegerField(_("went on after their end by the log"))
    extra = models.PositiveIntegerField(_("open though not public"))
    other_end = models.PositiveIntegerField(_("with another end"))
    missing = models.PositiveIntegerField(_("public and not noted"))

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.number}"

    @property
    def number(self) -> int:
        """All differences together."""
        return self.by_log + self.extra + self.other_end + self.missing
