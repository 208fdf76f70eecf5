"""The editors' page of both menus. Works without a script."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from portal.pages.models import Page
from portal.site.crumbs import crumbs
from portal.site.forms import sent
from portal.site.menus import services
from portal.site.menus.forms import PAGE, MenuItemForm
from portal.site.menus.reading import shown
from portal.site.models import Kind, MenuItem, Place

HERE = "/redaktion/menues/"
# Longer texts break into lines in the row of the header.
LONG = 24
MANY = 7


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it; its buttons say where it would stand (`entry.parent.position`), so that pressing
    one twice does no more than once."""

    item: MenuItem
    at: int
    siblings: int
    above: MenuItem | None
    number_below: int
    parent_at: int
    pressed: str = ""

    def _value(self, parent: int | None, position: int) -> str:
        return f"{self.item.pk}.{parent or 0}.{position}"

    @property
    def up(self) -> str:
        return self._value(self.item.parent_id, max(self.at - 1, 0))

    @property
    def down(self) -> str:
        return self._value(self.item.parent_id, self.at + 1)

    @property
    def under(self) -> str:
        """Below the entry above it; empty where there is none or it has others below itself."""
        if self.item.parent_id or self.number_below or self.above is None:
            return ""
        return self._value(self.above.pk, services.MOST)

    @property
    def out(self) -> str:
        """Behind the entry it stands below."""
        return self._value(None, self.parent_at + 1) if self.item.parent_id else ""

    @property
    def first(self) -> bool:
        return self.at == 0

    @property
    def last(self) -> bool:
        return self.at == self.siblings - 1

    @property
    def hidden(self) -> bool:
        """What it leads to is not public or not there: nobody sees the entry."""
        return not getattr(self.item, "shown", True)

    @property
    def where(self) -> str:
        """Where it leads to, in words."""
        return self.item.url or str(self.item.get_kind_display())


def _branch(items: list[MenuItem], top: MenuItem, at: int, tops: list[MenuItem]) -> dict[str, Any]:
    below = [each for each in items if each.parent_id == top.pk]
    line = Line(top, at, len(tops), tops[at - 1] if at else None, len(below), at)
    return {
        "line": line,
        "children": [Line(each, number, len(below), None, 0, at) for number, each in enumerate(below)],
    }


def _menu(place: Place, items: list[MenuItem]) -> dict[str, Any]:
    own = [each for each in items if each.place == place]
    tops = [each for each in own if each.parent_id is None]
    long = [str(each) for each in tops if place == Place.HEADER and len(str(each)) > LONG]
    return {
        "place": place,
        "title": place.label,
        "branches": [_branch(own, top, at, tops) for at, top in enumerate(tops)],
        "many": place == Place.HEADER and len(tops) > MANY and len(tops),
        "long": long,
    }


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """Both menus as trees, and the pages that stand in neither."""
    items: list[MenuItem] = list(
        MenuItem.objects.annotate(shown=shown()).select_related("page").order_by("position", "pk")
    )
    used = {each.page_id for each in items}
    context = {
        "menus": [_menu(place, items) for place in Place],
        "homeless": [page for page in Page.objects.public().only("title", "slug") if page.pk not in used],
        "places": Place,
        "current": request.GET.get("eintrag", ""),
        "crumbs": crumbs((_("Menus"), "")),
    }
    return render(request, "site/menus.html", context)


def _edit(request: HttpRequest, item: MenuItem, label: str) -> HttpResponse:
    initial = {"where": request.GET.get("ort", Place.HEADER), "target": request.GET.get("ziel", "")}
    form = MenuItemForm(sent(request)[0], instance=item, initial={} if item.pk else initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save(form.instance, by=request.user)
        except ValidationError as error:
            form.add_error("where", error)
        else:
            messages.success(
                request, _("“%(name)s” was saved. Residents see the menu like this now.") % {"name": saved}
            )
            return redirect(f"{HERE}?eintrag={saved.pk}#eintrag-{saved.pk}")
    context = {"form": form, "item": item, "label": label, "crumbs": crumbs((_("Menus"), HERE), (label, ""))}
    return render(request, "site/menu_item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def add(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    return _edit(request, MenuItem(), _("New menu entry"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    item = get_object_or_404(MenuItem.objects.select_related("page"), pk=pk)
    return _edit(request, item, str(item))


@require_POST
@allow(Permission.CONTENT)
def move(request: HttpRequest) -> HttpResponse:
    """Let an entry stand where its button said."""
    parts = request.POST.get("bewegen", "").split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        messages.error(request, _("Please press one of the buttons beside an entry."))
        return redirect(HERE)
    pk, parent, position = map(int, parts)
    try:
        moved = services.put(pk, parent_id=parent or None, position=position, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(HERE)
    if moved is None:
        messages.error(request, _("This entry is not in the menu any more."))
        return redirect(HERE)
    messages.success(request, _spoken(moved))
    return redirect(f"{HERE}?eintrag={pk}#eintrag-{pk}")


def _spoken(item: MenuItem) -> str:
    """Where it stands now, for whoever does not see it."""
    number = MenuItem.objects.filter(place=item.place, parent=item.parent_id).count()
    said = {"name": item, "place": item.position + 1, "number": number}
    if item.parent_id:
        said["parent"] = MenuItem.objects.select_related("page").get(pk=item.parent_id)
        return _("“%(name)s” stands below “%(parent)s” now, place %(place)d of %(number)d.") % said
    return _("“%(name)s” stands on the upper level now, place %(place)d of %(number)d.") % said


@require_POST
@allow(Permission.CONTENT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out; its page stays."""
    item = get_object_or_404(MenuItem.objects.select_related("page"), pk=pk)
    name = str(item)
    services.remove(item, by=request.user)
    messages.success(
        request, _("“%(name)s” was taken out of the menu. The page itself is still there.") % {"name": name}
    )
    return redirect(HERE)


@require_POST
@allow(Permission.CONTENT)
def add_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a page that stands in no menu at the end of one."""
    page = get_object_or_404(Page, pk=pk)
    place = request.POST.get("ort", "")
    if place not in Place.values:
        return redirect(f"{HERE}neu/?ziel={PAGE}{pk}")
    item = MenuItem.objects.filter(page=page, place=place).first()
    try:
        item = item or services.save(MenuItem(place=place, kind=Kind.PAGE, page=page), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(HERE)
    messages.success(request, _("“%(name)s” stands in the menu now.") % {"name": item})
    return redirect(f"{HERE}?eintrag={item.pk}#eintrag-{item.pk}")
