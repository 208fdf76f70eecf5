"""The editors' pages of the news."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Permission, allow
from core.ordering import ByName
from portal.listing.reading import read
from portal.listing.spec import Facet, Listing, Option, Sort
from portal.news import services
from portal.news.forms import NewsForm
from portal.news.models import NewsItem

HERE = "/redaktion/aktuelles/"
ONLINE, PLANNED, DRAFT = "online", "geplant", "entwurf"


def _rows() -> QuerySet[Any]:
    today = timezone.localdate()
    return NewsItem.objects.annotate(
        stand=Case(
            When(released=False, then=Value(DRAFT)),
            When(day__gt=today, then=Value(PLANNED)),
            default=Value(ONLINE),
            output_field=CharField(),
        )
    )


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return rows


LISTING = Listing(
    facets=(
        Facet(
            "stand",
            gettext_lazy("State"),
            "stand",
            (
                Option(ONLINE, gettext_lazy("online")),
                Option(PLANNED, gettext_lazy("scheduled")),
                Option(DRAFT, gettext_lazy("draft")),
            ),
        ),
    ),
    search=_search,
    sorts=(
        Sort("neu", gettext_lazy("Newest first"), ("-day", "-pk")),
        Sort("titel", gettext_lazy("By title"), (ByName("title"), "pk")),
    ),
)


def _crumbs(*trail: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, *({"label": a, "url": b} for a, b in trail)]


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """All items, the newest first."""
    shown = read(LISTING, _rows(), request.GET)
    heading = ngettext("%(number)d news item", "%(number)d news items", shown.total) % {"number": shown.total}
    context = {"shown": shown, "heading": heading, "crumbs": _crumbs((_("News"), ""))}
    return render(request, "news/desk.html", context)


def _edit(request: HttpRequest, item: NewsItem, label: str) -> HttpResponse:
    form = NewsForm(request.POST if request.method == "POST" else None, instance=item)
    if request.method == "POST" and form.is_valid():
        saved = services.save(form.instance, by=request.user)
        messages.success(request, _said(saved))
        return redirect(HERE)
    context = {"form": form, "item": item, "label": label, "crumbs": _crumbs((_("News"), HERE), (label, ""))}
    return render(request, "news/edit.html", context)


def _said(item: NewsItem) -> str:
    said = {"title": item.title, "day": item.day}
    if item.is_public():
        return _("“%(title)s” is online.") % said
    if item.released:
        return _("“%(title)s” is scheduled: it shows by itself from its day on.") % said
    return _("“%(title)s” is saved as a draft.") % said


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def add(request: HttpRequest) -> HttpResponse:
    """A new item."""
    return _edit(request, NewsItem(), _("New item"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item."""
    item = get_object_or_404(NewsItem.objects.select_related("picture"), pk=pk)
    return _edit(request, item, item.title)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put an item into the bin."""
    item = get_object_or_404(NewsItem, pk=pk)
    if request.method == "POST":
        services.delete(item, by=request.user)
        said = _("“%(name)s” was deleted. You find it in the bin for 30 days.") % {"name": item.title}
        messages.success(request, said)
        return redirect(HERE)
    trail = _crumbs((_("News"), HERE), (item.title, f"{HERE}{pk}/"), (_("Delete"), ""))
    return render(request, "news/delete.html", {"item": item, "crumbs": trail})
