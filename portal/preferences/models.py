"""The one row of rules per municipality."""

import copy

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.geo import NOWHERE, SOMEWHERE
from core.singleton import Singleton, singleton_constraint
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


# Ten years; whoever wants it longer wants it for ever.
MOST_DAYS = 3650


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
    place_mode = fields.CharField(_("search by place"), max_length=10, choices=PlaceMode, default=PlaceMode.DISTRICT)
    offers_without_address = models.BooleanField(_("offers without address allowed"), default=True)
    offer_name = fields.CharField(_("name of an offer"), max_length=40, default="Angebot")
    offers_name = fields.CharField(_("name of several offers"), max_length=40, default="Angebote")
    provider_name = fields.CharField(_("name of a provider"), max_length=40, default="Anbieter")
    providers_name = fields.CharField(_("name of several providers"), max_length=40, default="Anbieter")
    district_name = fields.CharField(_("name of a district"), max_length=40, default="Ortsteil")
    districts_name = fields.CharField(_("name of several districts"), max_length=40, default="Ortsteile")
    whole_area_name = fields.CharField(_("name of the whole area"), max_length=60, default="Gesamtes Stadtgebiet")
    latitude = models.FloatField(_("latitude of the centre"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the centre"), null=True, blank=True)

    gone_after_days = models.PositiveSmallIntegerField(
        _("days until an ended offer is gone"),
        default=180,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Until then its page still says what it was and shows what else there is."),
    )
    second_factor = fields.CharField(
        _("who must have a second factor"),
        max_length=10,
        choices=SecondFactorRule,
        default=SecondFactorRule.EDITORS,
        db_default=SecondFactorRule.EDITORS.value,
    )
    terms_version = models.PositiveIntegerField(_("version of the terms of use"), default=0, db_default=0)
    terms_note = fields.CharField(_("what is new in the terms of use"), max_length=500, blank=True, db_default="")

    registration_open = models.BooleanField(
        _("organisations may register by themselves"),
        default=True,
        db_default=True,
        help_text=_("If not, the page of registration says so and how to reach you."),
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
                name="preferences_gone_after_days",
                condition=models.Q(gone_after_days__lte=MOST_DAYS),
                violation_error_message=_("At most ten years (3650 days)."),
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
