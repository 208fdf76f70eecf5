"""What editors do with the menus. Everything is one transaction and one line in the audit log."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from portal.pages.models import Menu, Page
from portal.site.models import Kind, MenuItem, Place

# More nobody finds anything in; what an address may ask for is bounded by it, too.
MOST = 60


def _locked(place: str) -> list[MenuItem]:
    """All entries of a menu in their order; whoever changes one waits here for whoever was first."""
    rows = MenuItem.objects.select_for_update().filter(place=place).order_by("pk")
    return sorted(rows, key=lambda each: (each.position, each.pk))


@transaction.atomic
def save(item: MenuItem, *, by: Any) -> MenuItem:
    """Add an entry at the end of its level, or change one; what stands below it follows into another menu.
    ValidationError with a sentence where that cannot be."""
    among = _locked(item.place)
    before = MenuItem.objects.filter(pk=item.pk).first()
    if before is None and len(among) >= MOST:
        raise ValidationError(_("There are already %(most)d entries in this menu.") % {"most": MOST})
    _check_parent(item, item.parent_id, among)
    moved = before is None or (before.place, before.parent_id) != (item.place, item.parent_id)
    if moved:
        siblings = [each for each in among if each.parent_id == item.parent_id and each.pk != item.pk]
        item.position = max((each.position for each in siblings), default=-1) + 1
    item.save()
    if before is not None and before.place != item.place:
        item.children.update(place=item.place)
    _tell_pages(*(each.page_id for each in (before, item) if each is not None))
    record("site.menu_added" if before is None else "site.menu_changed", item, by=by)
    return item


def _check_parent(item: MenuItem, parent_id: int | None, among: list[MenuItem]) -> None:
    """Two levels, within one menu."""
    if parent_id is None:
        return
    parent = next((each for each in among if each.pk == parent_id), None)
    if parent is None or parent.pk == item.pk:
        raise ValidationError(_("The entry it should stand below is not in this menu any more."))
    if parent.parent_id is not None:
        raise ValidationError(_("A menu has two levels: nothing can stand below “%(name)s”.") % {"name": parent})
    if item.pk is not None and item.children.exists():
        raise ValidationError(
            _("Other entries stand below “%(name)s”. Please move them away first: a menu has two levels.")
            % {"name": item}
        )


@transaction.atomic
def bring_in(kind: Kind, place: Place, *, by: Any) -> None:
    """A part of the portal is there for the first time: at the end of a menu, unless it stands in one or it is full."""
    if not MenuItem.objects.filter(kind=kind).exists() and len(_locked(place)) < MOST:
        save(MenuItem(place=place, kind=kind), by=by)


@transaction.atomic
def put(pk: int, *, parent_id: int | None, position: int, by: Any) -> MenuItem | None:
    """Let an entry stand at a place of its menu, counted from 0; twice is once. None where it is gone."""
    place = MenuItem.objects.filter(pk=pk).values_list("place", flat=True).first()
    among = _locked(place) if place else []
    item = next((each for each in among if each.pk == pk), None)
    if item is None:
        return None
    _check_parent(item, parent_id, among)
    level = [each for each in among if each.parent_id == parent_id and each.pk != pk]
    level.insert(min(max(position, 0), len(level)), item)
    was, item.parent_id = (item.parent_id, item.position), parent_id
    for at, each in enumerate(level):
        each.position = at
    MenuItem.objects.bulk_update(level, ["position", "parent"])
    if (item.parent_id, item.position) != was:
        record("site.menu_moved", item, by=by, changes={"position": [was[1], item.position]})
    return item


@transaction.atomic
def remove(item: MenuItem, *, by: Any) -> None:
    """Take an entry out of its menu; what stood below it moves up to its level, behind the others."""
    among = _locked(item.place)
    end = max((each.position for each in among), default=0)
    below = [each for each in among if each.parent_id == item.pk]
    for at, each in enumerate(below):
        each.parent_id, each.position = None, end + 1 + at
    MenuItem.objects.bulk_update(below, ["parent", "position"])
    record("site.menu_removed", item, by=by)
    page = item.page_id
    item.delete()
    _tell_pages(page)


def _tell_pages(*pages: int | None) -> None:
    """A page says in which menu it stands; forms of pages and older programs read it there."""
    for pk in {each for each in pages if each is not None}:
        place = MenuItem.objects.filter(page=pk).order_by("pk").values_list("place", flat=True).first()
        Page.objects.filter(pk=pk).exclude(menu=place or Menu.NONE).update(menu=place or Menu.NONE)


def follow(page: Page) -> None:
    """A page was saved that says in which menu it stands: let the menu say the same."""
    items = list(MenuItem.objects.filter(page=page).order_by("pk"))
    if page.menu == Menu.NONE:
        for item in items:
            item.delete()
    elif page.menu not in {item.place for item in items}:
        item = items[0] if items else MenuItem(kind=Kind.PAGE, page=page)
        item.place, item.parent, item.position = page.menu, None, _end(page.menu)
        item.save()


def _end(place: str) -> int:
    last = MenuItem.objects.filter(place=place).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def carry_links(item: Any, links: list[dict[str, str]]) -> None:
    """Links a look had below the pages, in a column of their own as before; an address that is there stays as it is.
    `item` is the table as a migration knows it."""
    footer = item.objects.filter(place=Place.FOOTER)
    known = set(footer.values_list("link", flat=True))
    links = [each for each in links if each["url"] not in known]
    if not links:
        return
    last = footer.aggregate(last=Max("position"))["last"]
    column = item.objects.create(
        place=Place.FOOTER, kind=Kind.HEADING, label="Weitere Links", position=0 if last is None else last + 1
    )
    item.objects.bulk_create(
        item(place=Place.FOOTER, kind=Kind.LINK, parent=column, position=at, label=each["label"], link=each["url"])
        for at, each in enumerate(links)
    )


def usual(item: Any, pages: list[Any]) -> None:
    """The menus of a new municipality, and of one from before there were menus: search and providers first, then the
    pages as they say. `item` is the table, as it is or as a migration knows it."""
    header = [item(place=Place.HEADER, kind=kind) for kind in (Kind.OFFERS, Kind.PROVIDERS)]
    found = {Place.HEADER.value: header, Place.FOOTER.value: []}
    for page in pages:
        if page.menu in found:
            found[page.menu].append(item(place=page.menu, kind=Kind.PAGE, page_id=page.pk))
    for entries in found.values():
        for at, each in enumerate(entries):
            each.position = at
    item.objects.bulk_create([each for entries in found.values() for each in entries])
