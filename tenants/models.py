"""The two tables that say which municipalities there are and under which hosts (and the rollouts' records)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from core.ordering import ByName
from tenants.claims import ClaimState, DomainClaim, HostCertificate
from tenants.moves import Hold, Move
from tenants.names import validate_host, validate_slug
from tenants.records import Backup, Drill, Removal
from tenants.response_records import AnswerTimes
from tenants.rollout_records import DriftCheck, Rollout, RolloutNote, RolloutStep, ServerErrors
from tenants.shared_values import SharedValue

__all__ = [
    "TRANSITIONS",
    "AnswerTimes",
    "Backup",
    "ClaimState",
    "Domain",
    "DomainClaim",
    "DriftCheck",
    "Drill",
    "Hold",
    "HostCertificate",
    "Move",
    "Municipality",
    "MunicipalityQuerySet",
    "Removal",
    "Rollout",
    "RolloutNote",
    "RolloutStep",
    "ServerErrors",
    "SharedValue",
    "State",
]


class State(models.TextChoices):
    """Where a municipality is in its life. The last state, deleted, has no row any more: see tenants.records.Removal.

    Visitors of a draft or archived municipality find nobody at its address; a suspended one says why.
    """

    DRAFT = "draft", _("being set up")
    LIVE = "live", _("live")
    SUSPENDED = "suspended", _("suspended")
    ARCHIVED = "archived", _("archived")


# From every state a municipality may be deleted (tenants.lifecycle.states).
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.LIVE, State.ARCHIVED}),
    State.LIVE: frozenset({State.SUSPENDED, State.ARCHIVED}),
    State.SUSPENDED: frozenset({State.LIVE, State.ARCHIVED}),
    State.ARCHIVED: frozenset({State.SUSPENDED}),
}


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Which municipalities."""

    def live(self) -> "MunicipalityQuerySet":
        """Those the public may see."""
        return self.filter(state=State.LIVE)


class Municipality(TenantMixin):  # type: ignore[misc]
    """A town, district or association with a portal of its own. Its slug is its schema's name."""

    auto_create_schema = False
    auto_drop_schema = False

    slug = models.CharField(_("short name"), max_length=63, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.LIVE)
    state_reason = models.CharField(_("reason for the state"), max_length=500, blank=True)
    wave = models.CharField(_("rollout wave"), max_length=40, default="rest")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # While it is being moved from one cell to another (tenants.cells); empty: it is at home here.
    hold = models.CharField(_("move"), max_length=10, choices=Hold, blank=True, default="", db_default="")

    objects: ClassVar[MunicipalityQuerySet] = MunicipalityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = (ByName("name"), "id")
        constraints = (
            models.CheckConstraint(
                name="municipality_schema_is_slug",
                condition=models.Q(schema_name=models.F("slug")),
                violation_error_message=_("The schema has the name of the municipality."),
            ),
            models.CheckConstraint(name="municipality_state_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(name="municipality_name_given", condition=~models.Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_suspended(self) -> bool:
        """Whether visitors only learn why there is nothing to see."""
        return self.state == State.SUSPENDED

    def clean(self) -> None:
        super().clean()
        if not self.name.strip():
            raise ValidationError({"name": _("Please give the municipality's name.")})


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name under which a municipality answers; the primary one is used in mails and canonical links, and the
    others lead to it. Whoever makes a row vouches for it; what municipalities wish for is a `DomainClaim` first."""

    domain = models.CharField(_("host name"), max_length=253, unique=True, validators=[validate_host])
    tenant = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="domains")

    class Meta:
        verbose_name = _("host name")
        verbose_name_plural = _("host names")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant",),
                condition=models.Q(is_primary=True),
                name="domain_one_primary_per_municipality",
            ),
            models.CheckConstraint(
                name="domain_lower_case", condition=models.Q(domain=models.functions.Lower("domain"))
            ),
        )

    def __str__(self) -> str:
        return self.domain


class MunicipalityFigures(models.Model):
    """What one municipality amounted to in one night, written by its own job; pages read this and ask no schema.

    Goes with its municipality: an export carries the rows these numbers were counted from.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="figures", verbose_name=_("municipality")
    )
    night = models.DateField(_("night"), help_text=_("The day that began."))
    offers = models.PositiveIntegerField(_("offers"), default=0)
    published_offers = models.PositiveIntegerField(_("published offers"), default=0)
    free_offers = models.PositiveIntegerField(_("published offers free of charge"), default=0, db_default=0)
    accessible_offers = models.PositiveIntegerField(
        _("published offers that are barrier-free"), default=0, db_default=0
    )
    providers = models.PositiveIntegerField(_("providers"), default=0)
    users = models.PositiveIntegerField(_("users"), default=0)
    database_bytes = models.PositiveBigIntegerField(_("bytes in the database"), default=0)
    file_bytes = models.PositiveBigIntegerField(_("bytes of files"), default=0)
    last_activity = models.DateTimeField(_("last activity"), null=True, blank=True)
    last_editor_activity = models.DateTimeField(_("last activity of an editor"), null=True, blank=True)
    # Of the last thirty days.
    mails_sent = models.PositiveIntegerField(_("mails sent"), default=0, db_default=0)
    mails_bounced = models.PositiveIntegerField(_("mails that came back"), default=0, db_default=0)
    # What last night's look at the times of being public had to mend (portal.planning.reconciling).
    span_differences = models.PositiveIntegerField(_("mended times of being public"), default=0, db_default=0)
    # The last migration of its schema, as `app.name`; a rollout writes the newer one at its end.
    schema_version = models.CharField(_("schema version"), max_length=300, blank=True, db_default="")
    measured_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("figures of a municipality")
        verbose_name_plural = _("figures of municipalities")
        ordering = ("-night", "municipality")
        constraints = (models.UniqueConstraint(fields=("municipality", "night"), name="figures_once_a_night"),)
        indexes = (models.Index(fields=("night",), name="figures_night"),)

    def __str__(self) -> str:
        return f"{self.municipality_id}, {self.night}"

    @property
    def size_bytes(self) -> int:
        """Database and files."""
        return self.database_bytes + self.file_bytes
