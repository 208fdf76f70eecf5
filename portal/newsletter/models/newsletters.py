"""What a newsletter is about, and how often one makes itself."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.models import Timestamped
from portal.subscriptions.models import LONGEST_QUERY

# Words of our own addresses below /newsletter/.
RESERVED = ("gesendet", "bestaetigen", "abo")
FARTHEST = 184


class Rhythm(models.TextChoices):
    """When the draft of the next issue is made."""

    NEVER = "nie", _("only when we press the button")
    WEEKLY = "woechentlich", _("every week, on Monday")
    MONTHLY = "monatlich", _("every month, on the first")


class Admission(models.TextChoices):
    """Who becomes a reader."""

    OPEN = "offen", _("everybody who confirms the address")
    REQUEST = "anfrage", _("whom we admit, on request")


class Audience(models.TextChoices):
    """For whom it is written; by that it stands where they look."""

    EVERYBODY = "alle", pgettext_lazy("audience of a newsletter", "everybody")
    PROFESSIONALS = "fachkraefte", pgettext_lazy("audience of a newsletter", "professionals")


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """Which newsletters."""

    def offered(self) -> "NewsletterQuerySet":
        """Those one can subscribe to."""
        return self.filter(active=True)

    def for_professionals(self) -> "NewsletterQuerySet":
        """Those that are written for people who work with residents, open or on request."""
        return self.filter(audience=Audience.PROFESSIONALS)


class Newsletter(Timestamped):
    """A newsletter: what its issues tell of (a kept search, everything without one) and who may read it."""

    name = fields.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Stands in the address: /newsletter/…/")
    )
    description = fields.CharField(
        _("what it is about"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences for whoever may subscribe."),
    )
    query = fields.CharField(_("search"), max_length=LONGEST_QUERY, blank=True)
    days_ahead = models.PositiveSmallIntegerField(
        _("how many days ahead"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(FARTHEST)],
        help_text=_("What takes place within so many days stands under “Coming up”."),
    )
    by_topic = models.BooleanField(_("order new ones by topic"), default=False)
    audience = fields.CharField(
        _("for whom it is written"), max_length=12, choices=Audience, default=Audience.EVERYBODY, db_default="alle"
    )
    contact = fields.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("Who answers questions, for example whoever coordinates a network: name and office."),
    )
    contact_email = fields.EmailField(
        _("e-mail of the contact"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Answers to an issue go there. Empty: to the editors, like answers to all mails."),
    )
    rhythm = fields.CharField(_("makes itself"), max_length=12, choices=Rhythm, default=Rhythm.NEVER)
    admission = fields.CharField(_("who may read it"), max_length=8, choices=Admission, default=Admission.OPEN)
    archived = models.BooleanField(_("everybody can read its issues in the archive"), default=True)
    active = models.BooleanField(_("one can subscribe to it"), default=True)
    due_at = models.DateTimeField(_("next draft"), null=True, blank=True)

    objects: ClassVar[NewsletterQuerySet] = NewsletterQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("name",), name="newsletter_name_once", violation_error_message=_("There is one of this name.")
            ),
            models.CheckConstraint(
                name="newsletter_slug_free",
                condition=~Q(slug__in=RESERVED),
                violation_error_message=_("This address is used by the portal itself."),
            ),
            models.CheckConstraint(name="newsletter_audience_known", condition=Q(audience__in=Audience.values)),
            models.CheckConstraint(name="newsletter_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
            models.CheckConstraint(name="newsletter_admission_known", condition=Q(admission__in=Admission.values)),
            models.CheckConstraint(
                name="newsletter_days_ahead", condition=Q(days_ahead__gte=1, days_ahead__lte=FARTHEST)
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/newsletter/{self.slug}/"
