"""Entries of the menus, and what the editors answered for the legal pages."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.models import Timestamped
from portal.pages.models import Page

SAFE_LINK = r"^(/([^/\\]|$)|https?://|mailto:|tel:)[^\s]*$"
safe_link = RegexValidator(
    SAFE_LINK, _("Please begin the link with / for a page of this portal, or with https://, tel: or mailto:.")
)


class Place(models.TextChoices):
    """Which of the two menus."""

    HEADER = "header", _("Menu at the top")
    FOOTER = "footer", _("Menu at the bottom")


class Kind(models.TextChoices):
    """What an entry leads to."""

    PAGE = "page", _("a page")
    OFFERS = "offers", pgettext_lazy("part of the portal", "Offers (search)")
    PROVIDERS = "providers", pgettext_lazy("part of the portal", "Providers (list)")
    LETTERS = "letters", pgettext_lazy("part of the portal", "From A to Z")
    NEWS = "news", pgettext_lazy("part of the portal", "News")
    NEWSLETTER = "newsletter", pgettext_lazy("part of the portal", "Newsletter")
    LINK = "link", _("an address of your own")
    HEADING = "heading", _("nothing: only a heading")


# The parts of the portal that have no page in the table, and where they are.
AREAS = {
    Kind.OFFERS: "/angebote/",
    Kind.PROVIDERS: "/anbieter/",
    Kind.LETTERS: "/angebote/a-z/",
    Kind.NEWS: "/aktuelles/",
    Kind.NEWSLETTER: "/newsletter/",
}


class MenuItem(models.Model):
    """One entry of a menu. Without a label of its own it is called as what it leads to; one level below it others may
    stand, and no further (`menus.services` sees to that)."""

    place = fields.CharField(_("menu"), max_length=6, choices=Place)
    # What stood below an entry that goes stays, at the top.
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = fields.CharField(_("target"), max_length=10, choices=Kind, default=Kind.PAGE)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="menu_items"
    )
    label = fields.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("Leave empty for the name of the page. Short words fit best."),
    )
    link = fields.CharField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[safe_link],
        help_text=_("For example /ueber-uns/ or https://www.example.org/"),
    )

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="site_menu_place_known", condition=Q(place__in=Place.values)),
            models.CheckConstraint(name="site_menu_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="site_menu_target_given",
                condition=Q(kind=Kind.PAGE, page__isnull=False, link="")
                | Q(kind=Kind.LINK, page__isnull=True) & ~Q(link="") & ~Q(label="")
                | Q(kind=Kind.HEADING, page__isnull=True, link="") & ~Q(label="")
                | Q(kind__in=list(AREAS), page__isnull=True, link=""),
                violation_error_message=_("Please say where the entry leads to, and what it is called."),
            ),
            models.CheckConstraint(
                name="site_menu_link_safe",
                condition=Q(link="") | Q(link__regex=SAFE_LINK),
                violation_error_message=_("Please begin the link with /, https://, tel: or mailto:."),
            ),
        )

    def __str__(self) -> str:
        if self.label:
            return self.label
        return self.page.title if self.page else str(self.get_kind_display())

    @property
    def url(self) -> str:
        """Where it leads to; empty for a heading."""
        if self.page:
            return self.page.get_absolute_url()
        return AREAS.get(Kind(self.kind), self.link)


class LegalText(Timestamped):
    """What the editors answered for one legal page, and what was last made from it.

    `written` is a digest of the text that was put on the page: as long as the page still says that, nobody has changed
    it by hand, and a new text may take its place without asking.
    """

    slug = fields.CharField(_("page"), max_length=80, unique=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    written = fields.CharField(max_length=64, blank=True, editable=False)
    written_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug
