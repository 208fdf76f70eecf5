"""The one row of rules per municipality."""

import copy

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.geo import NOWHERE, SOMEWHERE
from core.singleton import Singleton, singleton_constraint
from gazetteer.models import STATES
from portal.preferences import defaults
from portal.preferences.defaults import DEFAULTS
from portal.preferences.names import usual_names
from tenants.running.changes import remembered


class PlaceMode(models.TextChoices):
    """How residents narrow a search to a place."""

    DISTRICT = "district", _("choice of districts")
    RADIUS = "radius", _("postcode or place with radius")


class ApprovalRule(models.TextChoices):
    """What the editors look at before residents see it."""

    PROVIDERS = "providers", _("new providers only")
    OFFERS = "offers", _("new providers and new offers")
    CHANGES = "changes", _("new providers, new offers and every change")


class SecondFactorRule(models.TextChoices):
    """Who must have a second factor to work here; everybody else may."""

    NOBODY = "nobody", _("nobody (for demonstrations only)")
    EDITORS = "editors", _("editors and administrators")
    TOWN_HALL = "town_hall", _("everybody of the town hall, planners too")
    EVERYBODY = "everybody", _("everybody, providers too")


class StartSort(models.TextChoices):
    """In which order the search begins as long as nobody looks for words; the values are those of its links."""

    NEXT = "naechste", _("next date first")
    NEW = "neu", _("newest first")
    NAME = "name", _("by name, A to Z")


class DataLicence(models.TextChoices):
    """Under which terms others may use what is public; the values are the names in catalogues of open data."""

    NONE = "", _("none chosen: others have to ask")
    ZERO = "dl-zero-de/2.0", _("Data licence Germany – Zero – 2.0 (no conditions)")
    BY = "dl-by-de/2.0", _("Data licence Germany – Attribution – 2.0")
    CC_ZERO = "cc-zero", _("Creative Commons CC0 1.0 (no conditions)")
    CC_BY = "cc-by/4.0", _("Creative Commons Attribution 4.0 (CC BY)")


# Ten years; whoever wants it longer wants it for ever.
MOST_DAYS = 3650
PAGE_SIZES = (10, 20, 30, 50)
MOST_MONTHS, MOST_WEEKS = 24, 12
# Days after the first reminder that arrived; 0: never.
NOTE_DAYS, HIDE_DAYS = (7, 14, 28, 56, 84, 0), (28, 42, 56, 84, 168, 0)
FARTHEST_KM = 100
MOST_FIGURES_MONTHS = 120


class Preferences(Singleton):
    """What the city editors decide for their portal. The defaults suit a small town."""

    # Of the release before: read only where `approval` is empty, removed in the next release.
    offer_approval = models.BooleanField(
        _("every offer needs approval"),
        default=True,
        help_text=_("If not, offers of approved providers are public as soon as they are published."),
    )
    approval = fields.CharField(
        _("what needs approval"),
        max_length=10,
        choices=ApprovalRule,
        blank=True,
        default="",
        db_default="",
        help_text=_("Providers you trust are exempt."),
    )
    place_mode = fields.CharField(
        _("search by place"), max_length=10, choices=PlaceMode, default=DEFAULTS["place_mode"]
    )
    offers_without_address = models.BooleanField(
        _("offers without address allowed"), default=DEFAULTS["offers_without_address"]
    )
    offer_name = fields.CharField(_("name of an offer"), max_length=40, default=DEFAULTS["offer_name"])
    offers_name = fields.CharField(_("name of several offers"), max_length=40, default=DEFAULTS["offers_name"])
    provider_name = fields.CharField(_("name of a provider"), max_length=40, default=DEFAULTS["provider_name"])
    providers_name = fields.CharField(_("name of several providers"), max_length=40, default=DEFAULTS["providers_name"])
    district_name = fields.CharField(_("name of a district"), max_length=40, default=DEFAULTS["district_name"])
    districts_name = fields.CharField(_("name of several districts"), max_length=40, default=DEFAULTS["districts_name"])
    whole_area_name = fields.CharField(_("name of the whole area"), max_length=60, default=DEFAULTS["whole_area_name"])
    latitude = models.FloatField(_("latitude of the centre"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the centre"), null=True, blank=True)

    gone_after_days = models.PositiveSmallIntegerField(
        _("days until an ended offer is gone"),
        default=DEFAULTS["gone_after_days"],
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Until then its page still says what it was and shows what else there is."),
    )
    second_factor = fields.CharField(
        _("who must have a second factor"),
        max_length=10,
        choices=SecondFactorRule,
        default=DEFAULTS["second_factor"],
        db_default=DEFAULTS["second_factor"],
    )
    support_consent = models.BooleanField(
        _("support access only with consent"), default=DEFAULTS["support_consent"], db_default=False
    )
    terms_version = models.PositiveIntegerField(_("version of the terms of use"), default=0, db_default=0)
    terms_note = fields.CharField(_("what is new in the terms of use"), max_length=500, blank=True, db_default="")

    registration_open = models.BooleanField(
        _("organisations may register by themselves"),
        default=DEFAULTS["registration_open"],
        db_default=True,
        help_text=_("If not, the page of registration says so and how to reach you."),
    )

    usual_radius = models.PositiveSmallIntegerField(
        _("usual radius in kilometres"), default=DEFAULTS["usual_radius"], db_default=10
    )
    radius_steps = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("radiuses to choose from"),
        default=defaults.radius_steps,
        db_default=defaults.radius_steps(),
    )
    federal_state = fields.CharField(
        _("federal state"), max_length=2, choices=list(STATES.items()), blank=True, default="", db_default=""
    )
    trusted_exempt = models.BooleanField(
        _("trusted providers need no approval"), default=DEFAULTS["trusted_exempt"], db_default=True
    )
    stale_after_months = models.PositiveSmallIntegerField(
        _("months until something counts as long unchecked"), default=DEFAULTS["stale_after_months"], db_default=6
    )
    ends_soon_weeks = models.PositiveSmallIntegerField(
        _("weeks before its end in which an offer ends soon"), default=DEFAULTS["ends_soon_weeks"], db_default=4
    )
    remind_providers = models.BooleanField(
        _("providers are reminded by mail"), default=DEFAULTS["remind_providers"], db_default=True
    )
    note_after_days = models.PositiveSmallIntegerField(
        _("days from a reminder until an unchecked offer says so"), default=DEFAULTS["note_after_days"], db_default=14
    )
    hide_after_days = models.PositiveSmallIntegerField(
        _("days from a reminder until an unchecked offer is hidden"), default=DEFAULTS["hide_after_days"], db_default=42
    )
    start_sort = fields.CharField(
        _("first order of the search"),
        max_length=10,
        choices=StartSort,
        default=DEFAULTS["start_sort"],
        db_default=DEFAULTS["start_sort"],
    )
    page_size = models.PositiveSmallIntegerField(_("results on a page"), default=DEFAULTS["page_size"], db_default=20)
    search_filters = ArrayField(
        fields.CharField(max_length=20),
        verbose_name=_("filters of the search"),
        default=defaults.search_filters,
        db_default=defaults.search_filters(),
        blank=True,
    )
    search_flags = ArrayField(
        fields.CharField(max_length=20),
        verbose_name=_("yes-or-no filters of the search"),
        default=defaults.search_flags,
        db_default=defaults.search_flags(),
        blank=True,
    )
    contact_by_form = models.BooleanField(_("contact by a form"), default=DEFAULTS["contact_by_form"], db_default=True)
    mail_receiver = fields.EmailField(_("who gets the mails to the editors"), blank=True, default="", db_default="")
    mail_reply_to = fields.EmailField(_("where answers to mails go"), blank=True, default="", db_default="")
    mail_sender_name = fields.CharField(
        _("who mails say they are from"), max_length=80, blank=True, default="", db_default=""
    )
    mail_from = fields.EmailField(_("address mails are from"), blank=True, default="", db_default="")
    mail_log_days = models.PositiveSmallIntegerField(
        _("days for which the log of mails is kept"), default=DEFAULTS["mail_log_days"], db_default=30
    )
    search_engines = models.BooleanField(
        _("search engines may list the portal"), default=DEFAULTS["search_engines"], db_default=True
    )
    ai_crawlers = models.BooleanField(
        _("AI crawlers may read the portal"), default=DEFAULTS["ai_crawlers"], db_default=False
    )
    data_licence = fields.CharField(
        _("licence of the open data"), max_length=20, choices=DataLicence, blank=True, default="", db_default=""
    )
    embed_hosts = ArrayField(
        fields.CharField(max_length=100),
        verbose_name=_("websites that may show the portal in a frame"),
        default=list,
        db_default=[],
        blank=True,
    )
    figures_months = models.PositiveSmallIntegerField(
        _("months for which figures are kept"), default=DEFAULTS["figures_months"], db_default=0
    )

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")
        constraints = (
            singleton_constraint("preferences_one_row"),
            models.CheckConstraint(
                name="preferences_place_mode_known", condition=models.Q(place_mode__in=PlaceMode.values)
            ),
            models.CheckConstraint(
                name="preferences_approval_known", condition=models.Q(approval__in=["", *ApprovalRule.values])
            ),
            models.CheckConstraint(
                name="preferences_data_licence_known", condition=models.Q(data_licence__in=DataLicence.values)
            ),
            models.CheckConstraint(
                name="preferences_gone_after_days",
                condition=models.Q(gone_after_days__lte=MOST_DAYS),
                violation_error_message=_("At most ten years (3650 days)."),
            ),
            models.CheckConstraint(
                name="preferences_numbers",
                condition=models.Q(
                    usual_radius__range=(1, FARTHEST_KM),
                    stale_after_months__range=(1, MOST_MONTHS),
                    ends_soon_weeks__range=(1, MOST_WEEKS),
                    page_size__in=PAGE_SIZES,
                    figures_months__lte=MOST_FIGURES_MONTHS,
                    start_sort__in=StartSort.values,
                ),
            ),
            models.CheckConstraint(
                name="preferences_centre_complete",
                condition=NOWHERE | SOMEWHERE,
                violation_error_message=_("Please give latitude and longitude together."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Preferences"))

    @property
    def approval_rule(self) -> ApprovalRule:
        """What needs approval here; a row of the release before says it by its older column."""
        if self.approval:
            return ApprovalRule(self.approval)
        return ApprovalRule.CHANGES if self.offer_approval else ApprovalRule.PROVIDERS

    @classmethod
    def current(cls) -> "Preferences":
        """The row for reading, shared by all who ask: nobody may change it (see `load`). On a page in another language
        the names of things are the usual words of that language, because the municipality's own are German."""
        kept: Preferences = remembered("preferences.row", cls.load, rooms=("preferences",))
        names = usual_names()
        if not names:
            return kept
        # Never to be saved.
        spoken = copy.copy(kept)
        for field, name in names.items():
            setattr(spoken, field, name)
        return spoken
