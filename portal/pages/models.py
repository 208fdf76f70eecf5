"""Editorial pages and moved addresses."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import HtmlField, Timestamped
from core.ordering import ByName
from portal.pages.block_field import BlocksField
from portal.pages.drawing import is_one_text, stated
from portal.pages.shapes import Block, canonical, markup_of


class Menu(models.TextChoices):
    """Where a page is linked."""

    NONE = "none", _("nowhere")
    HEADER = "header", _("at the top")
    FOOTER = "footer", _("at the bottom")


# The area for professionals: a page of this address introduces it.
PROFESSIONALS = "fachkraefte"
# Paths of the service itself; a page must not hide them.
RESERVED_SLUGS = frozenset(
    [
        "angebote",
        "anbieter",
        "merkliste",
        "konto",
        "redaktion",
        "auswertung",
        "hilfe",
        "healthz",
        "readyz",
        "static",
        "media",
        "theme",
        "betrieb",
        "api",
        "hsds",
        "embed",
        "stil",
        "robots.txt",
        "sitemap.xml",
    ]
)


class PageQuerySet(models.QuerySet["Page"]):
    """Which pages."""

    def public(self) -> "PageQuerySet":
        """Those anybody may read."""
        return self.filter(published=True)

    def professional(self) -> "PageQuerySet":
        """Those of the area for professionals, without its own."""
        return self.public().filter(for_professionals=True).exclude(slug=PROFESSIONALS)

    def easy(self) -> "PageQuerySet":
        """Those with a text in Leichte Sprache."""
        return self.exclude(easy_body="")


class Page(Timestamped):
    """A text of the editors at `/<slug>/`."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = fields.CharField(_("title"), max_length=200)
    # All of its text: what searches, descriptions and the check of links read. Without blocks it is the page.
    body = HtmlField(_("text"), blank=True)
    blocks = BlocksField(_("blocks"), default=list, db_default=[], blank=True)
    easy_body = HtmlField(
        _("text in Leichte Sprache"), blank=True, help_text=_("Shown at an address of its own and linked on the page.")
    )
    sign_video = fields.URLField(
        _("video in German Sign Language"), blank=True, help_text=_("The address of the video; opened on a click only.")
    )
    menu = fields.CharField(_("link in the menu"), max_length=10, choices=Menu, default=Menu.FOOTER)
    position = models.PositiveIntegerField(_("position"), default=0)
    published = models.BooleanField(_("public"), default=True)
    for_professionals = models.BooleanField(
        _("for professionals"),
        default=False,
        db_default=False,
        help_text=_("Listed in the area for professionals (/fachkraefte/)."),
    )

    objects = PageQuerySet.as_manager()
    # What the table said of text and blocks when the row was read.
    _found: dict[str, Any] | None = None

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ("position", ByName("title"), "id")
        constraints = (
            models.CheckConstraint(name="page_title_given", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="page_slug_free",
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
                violation_error_message=_("This address is used by the portal itself."),
            ),
            models.CheckConstraint(name="page_menu_known", condition=models.Q(menu__in=Menu.values)),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Page":
        """Remembers what the table said, so that `save` knows what was written."""
        page = super().from_db(*args, **kwargs)
        page._found = {name: page.__dict__.get(name) for name in ("body", "blocks")}  # noqa: SLF001 - its own
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A text that was written by itself (an import, a guided page, a state of before there were blocks) takes the
        place of the blocks: nothing stands in one of them that the other does not say."""
        found = self._found
        if found and self.blocks and self.blocks == found["blocks"] and found["body"] not in {None, self.body}:
            self.blocks = []
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "blocks"}
        super().save(*args, **kwargs)
        self._found = {"body": self.body, "blocks": self.blocks}

    def write(self, blocks: list[Block]) -> None:
        """Say this. A page of nothing but one text is kept as it was before there were blocks."""
        self._found = None
        clean = canonical(blocks)
        if is_one_text(clean):
            self.body, self.blocks = clean[0]["data"].get("html", ""), []
        else:
            self.body, self.blocks = markup_of(clean), clean

    @property
    def stated(self) -> list[Block]:
        """Its blocks; one that was written as one text is one block."""
        return stated(self.blocks, self.body)

    def get_absolute_url(self) -> str:
        return f"/{self.slug}/"

    @property
    def easy_url(self) -> str:
        """The address of its text in Leichte Sprache."""
        return f"/leichte-sprache/{self.slug}/"


class Redirect(models.Model):
    """An address of an older system that answers 301."""

    old_path = fields.CharField(_("old path"), max_length=500, unique=True)
    new_path = fields.CharField(_("new path"), max_length=500)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ("old_path",)
        constraints = (
            models.CheckConstraint(
                name="redirect_paths_absolute",
                condition=models.Q(old_path__startswith="/", new_path__startswith="/"),
            ),
            models.CheckConstraint(name="redirect_moves", condition=~models.Q(old_path=models.F("new_path"))),
        )

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"
