"""Applications of municipalities, the papers of the contract, and who accepted which version."""

from datetime import timedelta
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gazetteer.models import STATES
from tenants.models import Municipality
from tenants.names import validate_slug

# An application whose address nobody confirmed goes after two days.
UNCONFIRMED_FOR = timedelta(days=2)
# One that was refused names people: it is kept for questions about it, and no longer.
REFUSED_FOR = timedelta(days=365)


class ApplicationState(models.TextChoices):
    """How far an application is. What comes after MADE is done by the municipality, step by step (onboarding.way)."""

    NEW = "new", pgettext_lazy("an application", "address not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("an application", "to be decided")
    REFUSED = "refused", pgettext_lazy("an application", "refused")
    ACCEPTED = "accepted", pgettext_lazy("an application", "the portal is being made")
    FAILED = "failed", pgettext_lazy("an application", "the portal could not be made")
    MADE = "made", pgettext_lazy("an application", "being set up")
    LIVE = "live", pgettext_lazy("an application", "live")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Which applications."""

    def to_decide(self) -> "ApplicationQuerySet":
        """Those an operator has to answer."""
        return self.filter(state__in=(ApplicationState.CONFIRMED, ApplicationState.FAILED))

    def under_way(self) -> "ApplicationQuerySet":
        """Those whose portal is being set up."""
        return self.filter(state=ApplicationState.MADE, municipality__isnull=False)

    def unconfirmed(self) -> "ApplicationQuerySet":
        """Those that wait for their mail to be read."""
        return self.filter(state=ApplicationState.NEW)


class Application(models.Model):
    """A municipality that wants a portal, and how it goes on with it until it is live."""

    name = models.CharField(_("name of the municipality"), max_length=200)
    federal_state = models.CharField(_("federal state"), max_length=2, choices=STATES)
    official_key = models.CharField(
        _("official key"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^(\d{5}|\d{8}|\d{12})$", _("The official key has 5, 8 or 12 digits."))],
        help_text=_("Amtlicher Gemeindeschlüssel (8 digits) or Regionalschlüssel (12 digits), if you know it."),
    )
    person = models.CharField(_("contact person"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    email = models.EmailField(
        _("e-mail address"), max_length=254, help_text=_("It gets the link to confirm, and the first access.")
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    slug = models.CharField(_("short name"), max_length=63, validators=[validate_slug])
    template = models.CharField(_("begin with"), max_length=63, blank=True)
    words = models.TextField(_("what else we should know"), max_length=2000, blank=True)
    state = models.CharField(
        pgettext_lazy("a rollout", "state"), max_length=10, choices=ApplicationState, default=ApplicationState.NEW
    )
    applied_at = models.DateTimeField(_("applied"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=254, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("portal made"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    live_at = models.DateTimeField(_("live since"), null=True, blank=True)
    municipality = models.OneToOneField(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="application"
    )
    # As the municipality's own pages saw it last: [{"key", "label", "done", "said", "must", "since"}, …].
    checklist = models.JSONField(_("checklist"), default=list, blank=True)
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                name="application_state_known", condition=models.Q(state__in=ApplicationState.values)
            ),
            models.CheckConstraint(
                name="application_refused_with_reason",
                condition=~models.Q(state=ApplicationState.REFUSED) | ~models.Q(reason=""),
            ),
            # Two portals of one short name cannot be made at once.
            models.UniqueConstraint(
                fields=("slug",),
                condition=models.Q(state__in=["accepted", "made", "live"]),
                name="application_slug_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_to_decide(self) -> bool:
        """Whether an operator has to answer."""
        return self.state in {ApplicationState.CONFIRMED, ApplicationState.FAILED}


class OfferedTemplate(models.Model):
    """A municipality whose topics, pages and look a new one may begin with, by the name applicants read."""

    slug = models.CharField(_("short name"), max_length=63, unique=True)
    label = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("template for new portals")
        verbose_name_plural = _("templates for new portals")
        ordering = ("label", "slug")

    def __str__(self) -> str:
        return self.label


class PaperKind(models.TextChoices):
    """Which papers a contract has."""

    PROCESSING = "avv", _("Data-processing agreement")
    MEASURES = "tom", _("Technical and organisational measures")


class PaperVersion(models.Model):
    """One version of a paper; it is never changed, a new one takes its place."""

    kind = models.CharField(_("paper"), max_length=10, choices=PaperKind)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), help_text=_("Markdown"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.CharField(_("published by"), max_length=254)

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ("kind", "-number")
        constraints = (
            models.UniqueConstraint(fields=("kind", "number"), name="paper_version_once"),
            models.CheckConstraint(name="contract_paper_kind_known", condition=models.Q(kind__in=PaperKind.values)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.number}"


class Acceptance(models.Model):
    """Who accepted which version for which municipality, and the paper as it was then.

    Stays when the municipality is deleted: it proves on what ground its data was processed.
    """

    paper = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="acceptances")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="acceptances"
    )
    slug = models.CharField(_("short name"), max_length=63)
    municipality_name = models.CharField(_("municipality"), max_length=200)
    person = models.CharField(_("who"), max_length=200)
    office = models.CharField(_("office"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=254)
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)
    # Empty until a job has made it.
    pdf = models.BinaryField(null=True, editable=False)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("acceptance of a paper")
        verbose_name_plural = _("acceptances of papers")
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("paper", "municipality"), name="paper_accepted_once"),)

    def __str__(self) -> str:
        return f"{self.paper} · {self.municipality_name}"

    @property
    def file_name(self) -> str:
        """What the PDF is called."""
        return f"{self.paper.kind}-{self.paper.number}-{self.slug}.pdf"
