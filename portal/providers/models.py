"""Who offers something."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.access import is_editor
from core.models import HtmlField, Timestamped
from core.ordering import ByName
from core.text import slug_of
from portal.media.models import LibraryImage
from portal.providers.fields import AddressFields, ContactFields
from portal.providers.states import State
from portal.revisions.models import Desk, Revision
from portal.taxonomy.models import Offered

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Carrier", "Fact", "Membership", "OpeningHours", "Provider", "ProviderImage", "State", "Weekday"]


class Carrier(Offered):
    """The kind of organisation behind providers (Art des Trägers)."""

    name = fields.CharField(_("name"), max_length=160, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0, db_default=0)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ("position", ByName("name"), "id")
        constraints = (models.CheckConstraint(name="carrier_name_given", condition=~models.Q(name="")),)

    def __str__(self) -> str:
        return self.name


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Which providers."""

    def public(self) -> "ProviderQuerySet":
        """Those anybody may see."""
        return self.filter(state=State.PUBLISHED)

    def kept_by(self, user: "User") -> "ProviderQuerySet":
        """Those this person belongs to, in the town's order of names."""
        return self.filter(pk__in=Membership.objects.of(user).values("provider"))

    def editable_by(self, user: "User") -> "ProviderQuerySet":
        """Those whose profile this user may change: the editors all, a provider's administrators their own."""
        return self._of(user, role=Membership.Role.ADMINISTRATOR)

    def visible_to(self, user: "User") -> "ProviderQuerySet":
        """Those this user sees behind the scenes, public or not: the editors all, a provider's people their own."""
        return self._of(user)

    def decidable_by(self, user: "User") -> "ProviderQuerySet":
        """Those with a profile that waits for the word of this user: of the editors, or of the administrators."""
        waiting = Revision.objects.of("provider", models.OuterRef("pk")).waiting()
        there = self.exclude(state=State.TRASHED)
        if is_editor(user):
            handed_over = models.Exists(waiting.filter(waits_for=Desk.EDITORS))
            return there.filter(handed_over | (models.Q(state=State.SUBMITTED) & ~models.Exists(waiting)))
        own = there.editable_by(user)
        return own.filter(models.Exists(waiting.filter(waits_for=Desk.PROVIDER)))

    def _of(self, user: "User", **role: str) -> "ProviderQuerySet":
        if is_editor(user):
            return self
        mine = Membership.objects.filter(user=user, user__is_active=True, **role)
        return self.filter(pk__in=mine.values("provider"))


class Provider(Timestamped, AddressFields, ContactFields):
    """A club, office, school or company with offers. Its id never changes; the slug follows the name."""

    name = fields.CharField(_("name of the organisation"), max_length=255)
    # What it is sorted by, kept by the database (`core.ordering.keep_keys`): for lists of thousands.
    name_key = fields.TextField(null=True, editable=False, db_collation="C")
    slug = models.SlugField(max_length=120, editable=False)
    tagline = fields.CharField(_("line below the name"), max_length=255, blank=True)
    summary = fields.CharField(
        _("short description"), max_length=300, blank=True, help_text=_("One or two sentences for lists.")
    )
    description = HtmlField(_("description"), blank=True)
    state = fields.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    state_reason = fields.CharField(_("reason for the state"), max_length=500, blank=True)
    carrier = models.ForeignKey(
        Carrier, verbose_name=_("kind of carrier"), null=True, blank=True, on_delete=models.SET_NULL
    )
    categories = models.ManyToManyField("taxonomy.Category", verbose_name=_("categories"), blank=True)
    district = models.ForeignKey(
        "taxonomy.District", verbose_name=_("district"), null=True, blank=True, on_delete=models.SET_NULL
    )
    email = fields.EmailField(_("e-mail address"), blank=True)
    phone = fields.CharField(_("phone"), max_length=60, blank=True)
    phone_2 = fields.CharField(_("second phone"), max_length=60, blank=True)
    website = fields.URLField(_("website"), max_length=500, blank=True)
    opening_hours_note = fields.TextField(_("notes on the opening hours"), blank=True)
    opening_notes = models.JSONField(
        _("notes on single weekdays"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Nothing, or seven texts, Monday first."),
    )
    closed_on_holidays = models.BooleanField(_("closed on public holidays"), default=False, db_default=False)
    closed_in_school_holidays = models.BooleanField(_("closed in the school holidays"), default=False, db_default=False)
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    volunteering = models.BooleanField(_("volunteering possible"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contact for the editors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_at = models.DateField(_("last checked"), null=True, blank=True)
    published_at = models.DateTimeField(_("first public"), null=True, blank=True)
    taken_down_at = models.DateTimeField(
        _("taken down"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("By the editors, and not public again since: then nothing is told of it."),
    )
    trusted = models.BooleanField(
        _("trusted"),
        default=False,
        db_default=False,
        help_text=_("What this provider publishes needs no approval; the editors can look at it afterwards."),
    )
    members_may_publish = models.BooleanField(
        _("members may publish"),
        default=True,
        db_default=True,
        help_text=_("If not, members hand in what they wrote to the administrators of the provider."),
    )
    # Another entry of the same organisation that this one was merged into; its address leads there for ever. A mere
    # number: nothing may keep either from being deleted.
    merged_into = models.BigIntegerField(null=True, blank=True, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    state_before = fields.CharField(max_length=12, blank=True, default="", db_default="", editable=False)

    objects: ClassVar[ProviderQuerySet] = ProviderQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = (ByName("name"), "id")
        indexes = (models.Index(fields=("state", "name"), name="provider_state_name"),)
        constraints = (
            # A draft may be incomplete; what anybody else sees may not.
            models.CheckConstraint(
                name="provider_name_given", condition=~models.Q(name="") | models.Q(state__in=["draft", "trashed"])
            ),
            models.CheckConstraint(name="provider_state_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="provider_public_has_date",
                condition=~models.Q(state=State.PUBLISHED) | models.Q(published_at__isnull=False),
            ),
            *AddressFields.constraints("provider"),
        )

    def __str__(self) -> str:
        return self.name or str(_("Provider without a name"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = slug_of(self.name, fallback="anbieter")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return f"/anbieter/{self.pk}-{self.slug}/"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which memberships."""

    def of(self, user: "User") -> "MembershipQuerySet":
        """Those that give this person something to do: an archived provider is kept by nobody."""
        return self.filter(user=user.pk).exclude(provider__state=State.ARCHIVED)


class Membership(models.Model):
    """Who keeps a provider's profile and offers: the one truth on who holds the role PROVIDER."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        MEMBER = "member", _("member")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = fields.CharField(_("role"), max_length=15, choices=Role, default=Role.MEMBER)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(fields=("provider", "user"), name="membership_once"),
            models.CheckConstraint(
                name="membership_role_known", condition=models.Q(role__in=["administrator", "member"])
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.provider}"


class Weekday(models.IntegerChoices):
    """Days of the week as ISO 8601 counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class OpeningHours(models.Model):
    """One stretch of time in which a provider is open on a weekday."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ("weekday", "opens")
        constraints = (
            models.UniqueConstraint(fields=("provider", "weekday", "opens"), name="opening_hours_once"),
            models.CheckConstraint(name="opening_hours_weekday", condition=models.Q(weekday__range=(1, 7))),
            models.CheckConstraint(
                name="opening_hours_in_order",
                condition=models.Q(opens__lt=models.F("closes")),
                violation_error_message=_("The end must be after the beginning."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Fact(models.Model):
    """A labelled piece of text on the profile (“Zahlen und Fakten”)."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="facts")
    label = fields.CharField(_("label"), max_length=120)
    text = HtmlField(_("text"))
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(name="fact_label_given", condition=~models.Q(label="")),)

    def __str__(self) -> str:
        return self.label


class ProviderImage(LibraryImage):
    """An image of a profile; one logo and one portrait at most."""

    class Kind(models.TextChoices):
        LOGO = "logo", _("logo")
        CONTENT = "content", _("picture")
        CONTACT = "contact", _("portrait of the contact person")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="images")
    kind = fields.CharField(_("use"), max_length=10, choices=Kind)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("image of a provider")
        verbose_name_plural = _("images of providers")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                name="provider_image_kind_known", condition=models.Q(kind__in=["logo", "content", "contact"])
            ),
            models.CheckConstraint(
                name="provider_image_credited",
                condition=models.Q(kind="logo") | ~models.Q(copyright=""),
                violation_error_message=_("Please say who made the image."),
            ),
            models.UniqueConstraint(
                fields=("provider", "kind"),
                condition=models.Q(kind__in=["logo", "contact"]),
                name="provider_one_logo_one_portrait",
            ),
        )

    def __str__(self) -> str:
        return self.alt_text or str(self.image)
