"""The offer itself."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.access import is_editor
from core.models import HtmlField, Timestamped
from core.ordering import ByName
from core.text import slug_of
from portal.offers.choices import REMOTE, Access, Accessibility, CostKind, ScheduleKind, Venue
from portal.offers.condition import with_condition
from portal.offers.states import State
from portal.providers.fields import ContactFields
from portal.providers.models import Membership, Provider
from portal.providers.models import State as ProviderState
from portal.revisions.models import Desk, Revision
from portal.taxonomy.models import OLDEST

if TYPE_CHECKING:
    from accounts.models import User

language_code = RegexValidator(r"^[a-z]{2,3}$", _("Please give a language as its ISO 639 code, for example de or tr."))


def offer_path(pk: int, slug: str) -> str:
    """The address of an offer's page."""
    return f"/angebote/{pk}-{slug}/"


def has_passed(ends_at: datetime | None) -> bool:
    """Whether the last date of an offer is over; None: it has no end."""
    return ends_at is not None and ends_at < timezone.now()


class OfferQuerySet(models.QuerySet["Offer"]):
    """Which offers."""

    def published(self) -> "OfferQuerySet":
        """Those that may be read by anybody who has the link, also when their dates are over. What is hidden because
        nobody looked at it for long is none of them, though it is published."""
        return self.filter(state=State.PUBLISHED, provider__state=ProviderState.PUBLISHED, hidden_at__isnull=True)

    def current(self) -> "OfferQuerySet":
        """Published ones that still take place: what residents find."""
        return self.published().filter(Q(ends_at__isnull=True) | Q(ends_at__gte=timezone.now()))

    def over(self) -> "OfferQuerySet":
        """Published ones whose last date has passed."""
        return self.published().filter(ends_at__lt=timezone.now())

    def with_date_problems(self) -> "OfferQuerySet":
        """Those for which the nightly job could not make the coming dates; what is put away needs none."""
        return self.filter(state__in=[State.PUBLISHED, State.PAUSED]).exclude(dates_problem="")

    def editable_by(self, user: "User") -> "OfferQuerySet":
        """Those this user may change: the editors all, a provider's people those of their provider."""
        if is_editor(user):
            return self
        mine = Membership.objects.filter(user=user, user__is_active=True)
        return self.filter(provider__in=mine.values("provider"))

    def with_condition(self) -> "OfferQuerySet":
        """With what tells its condition (`portal.offers.condition`), in no further statement."""
        return with_condition(self)  # type: ignore[return-value]

    def visible_to(self, user: "User") -> "OfferQuerySet":
        """Those this user sees behind the scenes, public or not: the same as they may change."""
        return self.editable_by(user)

    def decidable_by(self, user: "User") -> "OfferQuerySet":
        """Those with a text that waits for the word of this user: of the editors, or of a provider's administrators."""
        waiting = Revision.objects.of("offer", models.OuterRef("pk")).waiting()
        there = self.exclude(state__in=[State.TRASHED, State.ARCHIVED])
        if is_editor(user):
            handed_over = models.Exists(waiting.filter(waits_for=Desk.EDITORS))
            return there.filter(handed_over | (Q(state=State.SUBMITTED) & ~models.Exists(waiting)))
        own = there.filter(provider__in=Provider.objects.editable_by(user))
        return own.filter(models.Exists(waiting.filter(waits_for=Desk.PROVIDER)))


COUNTED = (
    "id", "ends_at", "hidden_at", "reviewed_at", "updated_at", "accessibility", "cost_kind", "provider", "title",
)  # fmt: skip
"""What the filters of lists count all offers by: a twentieth of their size, so nobody reads whole rows to count."""


class Offer(Timestamped, ContactFields):
    """Something people can take part in. Its id never changes; the slug follows the title."""

    provider = models.ForeignKey(Provider, verbose_name=_("provider"), on_delete=models.PROTECT, related_name="offers")
    title = fields.CharField(_("title"), max_length=255)
    # What it is sorted by, kept by the database (`core.ordering.keep_keys`): for lists of tens of thousands.
    title_key = fields.TextField(null=True, editable=False, db_collation="C")
    slug = models.SlugField(max_length=120, editable=False)
    summary = fields.CharField(
        _("short description"), max_length=300, blank=True, help_text=_("One or two sentences for lists.")
    )
    description = HtmlField(_("description"), blank=True)
    state = fields.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    state_reason = fields.CharField(_("reason for the state"), max_length=500, blank=True)
    categories = models.ManyToManyField(
        "taxonomy.Category", verbose_name=_("categories"), blank=True, related_name="offers"
    )
    target_groups = models.ManyToManyField(
        "taxonomy.TargetGroup", verbose_name=_("target groups"), blank=True, related_name="offers"
    )
    markers = models.ManyToManyField("taxonomy.Marker", verbose_name=_("markers"), blank=True, related_name="offers")
    min_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    max_age = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    languages = ArrayField(
        fields.CharField(max_length=3, validators=[language_code]),
        verbose_name=_("languages of the offer"),
        default=list,
        blank=True,
        help_text=_("ISO 639 codes; empty means German."),
    )
    venue = fields.CharField(_("place"), max_length=10, choices=Venue, default=Venue.ON_SITE)
    online_url = fields.URLField(_("link for taking part online"), max_length=500, blank=True)
    cost_kind = fields.CharField(_("costs"), max_length=10, choices=CostKind, default=CostKind.UNKNOWN)
    cost_amount = models.DecimalField(_("amount in euros"), max_digits=8, decimal_places=2, null=True, blank=True)
    cost_text = fields.CharField(_("on the costs"), max_length=255, blank=True)
    access = fields.CharField(_("access"), max_length=10, choices=Access, default=Access.UNKNOWN)
    accessibility = fields.CharField(
        _("accessibility"), max_length=10, choices=Accessibility, default=Accessibility.UNKNOWN
    )
    accessibility_note = fields.CharField(_("on accessibility"), max_length=500, blank=True)
    conditions = fields.CharField(
        _("conditions of participation"),
        max_length=500,
        blank=True,
        help_text=_("For example how to register."),
    )
    registration_url = fields.URLField(_("link for registering"), max_length=500, blank=True)
    course_number = fields.CharField(_("course number"), max_length=255, blank=True)
    capacity = fields.CharField(_("number of participants"), max_length=255, blank=True)
    speaker = fields.CharField(_("speaker and qualification"), max_length=255, blank=True)
    format = fields.CharField(_("format"), max_length=255, blank=True)
    cooperation = fields.CharField(_("in cooperation with"), max_length=255, blank=True)
    volunteering = models.BooleanField(_("volunteering possible"), default=False)
    participate_note = fields.CharField(_("how to join in"), max_length=255, blank=True)
    donate_note = fields.CharField(_("on donations"), max_length=255, blank=True)
    video_url = fields.URLField(_("video"), max_length=500, blank=True)
    extras = models.JSONField(
        _("own details"),
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),
        help_text=_("Answers to the details of the municipality's own (portal.offer_fields.answers)."),
    )
    internal = models.JSONField(
        _("internal details"), default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )
    schedule_kind = fields.CharField(_("dates"), max_length=10, choices=ScheduleKind, default=ScheduleKind.NONE)
    schedule_note = fields.CharField(_("notes on the dates"), max_length=500, blank=True)
    ends_at = models.DateTimeField(
        _("over at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("End of the last date; empty: open-ended."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("first public"), null=True, blank=True)
    taken_down_at = models.DateTimeField(
        _("taken down"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("By the editors, and not public again since: then nothing is told of it."),
    )
    reviewed_at = models.DateField(_("last checked"), null=True, blank=True)
    noted_at = models.DateTimeField(
        _("said to be unchecked since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Reminders were sent and nobody answered: its page says so (portal.upkeep)."),
    )
    hidden_at = models.DateTimeField(
        _("hidden as unchecked since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Nobody answered further reminders: nobody finds it until somebody looks at it (portal.upkeep)."),
    )
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    state_before = fields.CharField(max_length=12, blank=True, default="", db_default="", editable=False)
    dates_problem = fields.CharField(
        _("problem with the dates"), max_length=300, blank=True, editable=False, db_default="", default=""
    )

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = (ByName("title"), "id")
        indexes = (
            models.Index(fields=("state", "ends_at"), name="offer_state_ends"),
            models.Index(fields=("provider", "state"), name="offer_provider_state"),
            models.Index(fields=("-published_at", "id"), name="offer_newest"),
            models.Index(fields=("-updated_at", "-id"), name="offer_changed"),
            models.Index(fields=("title_key", "id"), name="offer_by_name"),
            models.Index(fields=("noted_at",), condition=Q(noted_at__isnull=False), name="offer_noted"),
            models.Index(fields=("hidden_at",), condition=Q(hidden_at__isnull=False), name="offer_hidden"),
            models.Index(fields=("updated_at",), condition=~Q(dates_problem=""), name="offer_dates_problem"),
            models.Index(fields=("state",), include=COUNTED, name="offer_counted"),
        )
        constraints = (
            # A draft may be incomplete; what anybody else sees may not.
            models.CheckConstraint(
                name="offer_title_given",
                condition=~Q(title="") | Q(state__in=[State.DRAFT, State.RETURNED, State.TRASHED]),
            ),
            models.CheckConstraint(name="offer_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="offer_venue_known", condition=Q(venue__in=Venue.values)),
            models.CheckConstraint(name="offer_access_known", condition=Q(access__in=Access.values)),
            models.CheckConstraint(
                name="offer_accessibility_known", condition=Q(accessibility__in=Accessibility.values)
            ),
            models.CheckConstraint(
                name="offer_schedule_kind_known", condition=Q(schedule_kind__in=ScheduleKind.values)
            ),
            models.CheckConstraint(
                name="offer_costs_consistent",
                condition=Q(cost_kind__in=[CostKind.UNKNOWN, CostKind.FREE], cost_amount__isnull=True)
                | Q(cost_kind=CostKind.AMOUNT, cost_amount__isnull=False, cost_amount__gt=0)
                | (Q(cost_kind=CostKind.TEXT, cost_amount__isnull=True) & ~Q(cost_text="")),
                violation_error_message=_(
                    "Please give an amount above zero, or a text on the costs, or say that it is free of charge."
                ),
            ),
            models.CheckConstraint(
                name="offer_ages_in_order",
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(min_age__lte=F("max_age")),
                violation_error_message=_("The lowest age must not be above the highest."),
            ),
            models.CheckConstraint(
                name="offer_dateless_never_ends",
                condition=~Q(schedule_kind=ScheduleKind.NONE) | Q(ends_at__isnull=True),
            ),
            models.CheckConstraint(
                name="offer_public_has_date",
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(_("Offer without a name"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = slug_of(self.title, fallback="angebot")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return offer_path(self.pk, self.slug)

    @property
    def is_published(self) -> bool:
        """Whether everybody may see it; what `OfferQuerySet.published` asks of rows."""
        own = self.state == State.PUBLISHED and self.hidden_at is None
        return own and self.provider.state == ProviderState.PUBLISHED

    @property
    def is_over(self) -> bool:
        """Whether the last date has passed."""
        return has_passed(self.ends_at)

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return self.cost_kind == CostKind.FREE

    @property
    def is_online(self) -> bool:
        """Whether people can take part from anywhere."""
        return self.venue in REMOTE
