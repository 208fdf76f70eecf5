"""An issue and what stands in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import HtmlField, Timestamped
from portal.newsletter.models.newsletters import Newsletter
from portal.offers.models import Offer


class IssueQuerySet(models.QuerySet["Issue"]):
    """Which issues."""

    def public(self) -> "IssueQuerySet":
        """Those everybody may read: sent (or on their way), of a newsletter with an archive."""
        return self.filter(published_at__isnull=False, newsletter__archived=True)

    def drafts(self) -> "IssueQuerySet":
        """Those nobody outside has seen."""
        return self.filter(published_at__isnull=True)


class Issue(Timestamped):
    """An issue of a newsletter. Until it is sent its items show what the offers say; then their words stay.

    `since` to `until`: what became public in this time is new; `first_day` to `last_day`: what takes place then is
    coming. `version` counts what editors save.
    """

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="issues")
    title = fields.CharField(_("subject"), max_length=150)
    preface = HtmlField(_("opening words"), blank=True)
    closing = HtmlField(_("closing words"), blank=True)
    query = fields.TextField(_("search"), blank=True)
    since = models.DateTimeField(_("new since"))
    until = models.DateTimeField(_("made"))
    first_day = models.DateField(_("coming from"))
    last_day = models.DateField(_("coming until"))
    by_itself = models.BooleanField(_("made itself"), default=False)
    # When it was to be sent and was not: nothing was left of it by then.
    called_off_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar[IssueQuerySet] = IssueQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("issue of a newsletter")
        verbose_name_plural = _("issues of newsletters")
        ordering = ("-published_at", "-id")
        indexes = (models.Index(fields=("newsletter", "-published_at"), name="newsletter_issue_order"),)
        constraints = (
            models.CheckConstraint(name="newsletter_issue_titled", condition=~Q(title="")),
            models.CheckConstraint(name="newsletter_issue_days", condition=Q(last_day__gte=models.F("first_day"))),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed: nobody has sent it or planned to."""
        return self.published_at is None and not hasattr(self, "mailing")

    def get_absolute_url(self) -> str:
        return f"{self.newsletter.get_absolute_url()}{self.pk}/"


class Part(models.TextChoices):
    """Under which heading something stands."""

    NEW = "neu", _("New in the portal")
    COMING = "kommt", _("Coming up")


class Item(models.Model):
    """An offer in an issue. What it said when the issue was sent stays, whatever becomes of the offer."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    offer = models.ForeignKey(Offer, on_delete=models.SET_NULL, null=True, related_name="+")
    part = fields.CharField(max_length=8, choices=Part)
    position = models.PositiveIntegerField()
    chosen = models.BooleanField(default=True)
    note = fields.CharField(max_length=300, blank=True)
    topic = fields.CharField(max_length=200, blank=True)
    title = fields.CharField(max_length=300, blank=True)
    about = fields.CharField(max_length=600, blank=True)
    provider = fields.CharField(max_length=300, blank=True)
    path = fields.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("offer in an issue")
        verbose_name_plural = _("offers in issues")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("issue", "offer"), name="newsletter_item_once"),
            models.CheckConstraint(name="newsletter_item_part_known", condition=Q(part__in=Part.values)),
        )

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.title or self.offer_id}"
