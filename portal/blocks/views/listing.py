"""All pages of the portal."""

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from core.access import Permission, allow
from core.ordering import ByName
from portal.blocks import gone
from portal.blocks.views.page import crumbs
from portal.listing.reading import read
from portal.listing.spec import Facet, Listing, Option, Sort
from portal.pages.models import Page

ONLINE, DRAFT, PLANNED, TROUBLE = "online", "entwurf", "geplant", "hakt"
STATES = (
    Option(ONLINE, gettext_lazy("online")),
    Option("nicht-online", gettext_lazy("not online")),
)
AUDIENCES = (Option("ja", gettext_lazy("yes")), Option("nein", gettext_lazy("no")))
DRAFTS = (
    Option(DRAFT, gettext_lazy("draft")),
    Option(PLANNED, gettext_lazy("goes online by itself")),
    Option(TROUBLE, gettext_lazy("could not go online")),
    Option("keiner", gettext_lazy("no draft")),
)


def _search(rows: QuerySet[Page], words: str) -> QuerySet[Page]:
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word) | Q(slug__icontains=word))
    return rows


LISTING = Listing(
    facets=(
        Facet("online", gettext_lazy("On the portal"), "stand", STATES),
        Facet("entwurf", gettext_lazy("Draft"), "entwurf", DRAFTS),
        Facet("fachkraefte", gettext_lazy("For professionals"), "fuer", AUDIENCES),
    ),
    sorts=(
        Sort("name", gettext_lazy("By name"), (ByName("title"), "pk")),
        Sort("neu", gettext_lazy("Changed last"), (F("moved_at").desc(), "-pk")),
    ),
    search=_search,
    prepare=lambda rows: rows.select_related("draft__changed_by").defer("body", "easy_body", "blocks"),
)


def _rows() -> QuerySet[Page]:
    stand = Case(When(published=True, then=Value(ONLINE)), default=Value("nicht-online"))
    entwurf = Case(
        When(draft=None, then=Value("keiner")),
        When(draft__trouble__gt="", then=Value(TROUBLE)),
        When(draft__online_at__isnull=False, then=Value(PLANNED)),
        default=Value(DRAFT),
    )
    moved = Case(When(draft__changed_at__gt=F("updated_at"), then=F("draft__changed_at")), default=F("updated_at"))
    fuer = Case(When(for_professionals=True, then=Value("ja")), default=Value("nein"))
    return Page.objects.annotate(stand=stand, entwurf=entwurf, moved_at=moved, fuer=fuer)


def _lacking(rows: list[Page]) -> set[int]:
    """Which of the pages that are online lead to or show something that is gone; a fixed number of statements."""
    asked = Page.objects.public().filter(pk__in=[row.pk for row in rows]).order_by().only("slug", "body", "blocks")
    blocks = [{**each, "id": f"{row.pk} {each['id']}"} for row in asked for each in row.stated]
    return {int(key.partition(" ")[0]) for key in gone.of(blocks)}


@require_safe
@allow(Permission.CONTENT)
def pages(request: HttpRequest) -> HttpResponse:
    """What is online, what is being written, what is planned."""
    shown = read(LISTING, _rows(), request.GET)
    context = {
        "lacking": _lacking(list(shown.page)),
        "shown": shown,
        "heading": ngettext("%(number)d page", "%(number)d pages", shown.total) % {"number": shown.total},
        "crumbs": crumbs(),
    }
    return render(request, "blocks/list.html", context)
