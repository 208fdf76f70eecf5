"""The menus of the demo: as the pages say, and what newcomers look for together below one word."""

from portal.pages.models import Page
from portal.site.menus.services import usual
from portal.site.models import Kind, MenuItem, Place

# Below the page about the portal: what explains it.
TOP, BELOW = "ueber-uns", ("neu-hier", "leichte-sprache")


def lay_out_menus() -> None:
    """Anew, from what the pages say."""
    MenuItem.objects.all().delete()
    pages = list(Page.objects.order_by("position", "pk"))
    usual(MenuItem, [page for page in pages if page.slug not in BELOW])
    end = MenuItem.objects.filter(place=Place.HEADER).count()
    MenuItem.objects.create(place=Place.HEADER, kind=Kind.NEWS, position=end)
    top = MenuItem.objects.filter(place=Place.HEADER, page__slug=TOP).first()
    below = [page for page in pages if page.slug in BELOW]
    if top is None:
        return
    for position, page in enumerate(below):
        MenuItem.objects.create(place=Place.HEADER, kind=Kind.PAGE, page=page, parent=top, position=position)
