"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from portal.pages import easy
from portal.pages.models import Menu, Page
from portal.pages.shapes import without_pointers
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned

# Slug, title (German: it is content, not interface) and menu of the pages every portal must have.
STARTER_PAGES = (
    ("ueber-uns", "Über uns", Menu.HEADER),
    ("kontakt", "Kontakt", Menu.FOOTER),
    ("impressum", "Impressum", Menu.FOOTER),
    ("datenschutz", "Datenschutz", Menu.FOOTER),
    ("barrierefreiheit", "Barrierefreiheit", Menu.FOOTER),
    ("nutzungsbedingungen", "Nutzungsbedingungen", Menu.FOOTER),
)


@receiver(provisioned)
def fill_pages(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """The template's pages, else the obligatory ones with a note that the text is still missing."""
    if template is not None and copy_rows(Page, template=template, into=municipality):
        _point_nowhere()
        return
    missing = _("This text is still being written by the editors.")
    Page.objects.bulk_create(
        Page(
            slug=slug,
            title=title,
            menu=menu,
            position=position,
            body=f"<p>{missing}</p>",
            easy_body=easy.VARIANTS.get(slug, ""),
        )
        for position, (slug, title, menu) in enumerate(STARTER_PAGES)
    )
    Page.objects.create(
        slug=easy.SLUG, title=easy.TITLE, menu=Menu.NONE, position=len(STARTER_PAGES), body=easy.WELCOME
    )


def _point_nowhere() -> None:
    """Pictures, files and providers of the template are not there; their numbers will be those of others."""
    for page in Page.objects.exclude(blocks=[]):
        page.write([without_pointers(block) for block in page.blocks])
        Page.objects.filter(pk=page.pk).update(body=page.body, blocks=page.blocks)
