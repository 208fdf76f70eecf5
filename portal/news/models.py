"""News of the municipality: a title, a day, a few sentences."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import Timestamped
from portal.media.models import MediaFile

SAFE_LINK = r"^(/([^/\\]|$)|https?://)[^\s]*$"


class NewsQuerySet(models.QuerySet["NewsItem"]):
    """Which items."""

    def public(self, today: date | None = None) -> "NewsQuerySet":
        """Those anybody may read: released, and their day has come."""
        return self.filter(released=True, day__lte=today or timezone.localdate())


class NewsItem(Timestamped):
    """One item. It shows from its day on, if it is released."""

    title = fields.CharField(_("title"), max_length=120)
    day = models.DateField(
        _("day"), default=timezone.localdate, help_text=_("Shown from this day on; a later one schedules it.")
    )
    text = fields.TextField(
        _("text"), max_length=3000, help_text=_("A few sentences. An empty line makes a paragraph.")
    )
    link = fields.CharField(
        _("link"),
        max_length=500,
        blank=True,
        help_text=_("For example /angebote/?q=ferien or https://www.example.org/"),
    )
    link_label = fields.CharField(_("text of the link"), max_length=80, blank=True)
    picture = models.ForeignKey(
        MediaFile, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    released = models.BooleanField(_("public"), default=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ("-day", "-id")
        constraints = (
            models.CheckConstraint(name="news_title_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="news_link_safe",
                condition=Q(link="") | Q(link__regex=SAFE_LINK),
                violation_error_message=_("Please begin the link with / for a page of this portal, or with https://."),
            ),
            models.CheckConstraint(
                name="news_link_complete",
                condition=Q(link="", link_label="") | ~Q(link="") & ~Q(link_label=""),
                violation_error_message=_("A link needs both its address and its text."),
            ),
        )
        indexes = (models.Index(fields=("-day", "-id"), name="news_newest"),)

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of its address."""
        return slugify(self.title)[:60] or "meldung"

    def get_absolute_url(self) -> str:
        return f"/aktuelles/{self.pk}-{self.slug}/"

    def is_public(self, today: date | None = None) -> bool:
        """Whether anybody may read it."""
        return self.released and self.day <= (today or timezone.localdate())
