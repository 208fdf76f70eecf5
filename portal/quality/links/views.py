"""The list of links: what is broken, what is unclear, where it stands; look again, or say that it is all right."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from audit.services import record
from core.access import Role, allow
from core.lazy import lazy
from core.numbers import whole_number
from core.returning import way_back
from core.work import following
from portal.listing.export import export
from portal.listing.reading import read
from portal.listing.spec import Column, Facet, Listing, Option, Sort
from portal.quality.crumbs import crumbs
from portal.quality.links.seen import NOT_YET, WORDS
from portal.quality.models import Link, Subject
from portal.quality.subjects import About, about

if TYPE_CHECKING:
    from portal.quality.links import jobs
else:
    jobs = lazy("portal.quality.links.jobs")

WORK = "link"
"""What the editors' desk calls a broken link (`portal.quality.work`)."""
IGNORED = timedelta(days=90)
# A link is not asked for at every click.
NOT_AGAIN = timedelta(hours=1)
SHOWN_PLACES = 5
BROKEN, UNCLEAR, FINE, ACCEPTED = "kaputt", "unklar", "da", "in-ordnung"


def _rows() -> QuerySet[Any]:
    """All links, with `state`: what the tabs are called."""
    accepted = Q(ignored_until__gte=timezone.now())
    state = Case(
        When(accepted, then=Value(ACCEPTED)),
        When(verdict=Link.Verdict.BROKEN, then=Value(BROKEN)),
        When(verdict__in=[Link.Verdict.UNCLEAR, Link.Verdict.SUSPECT], then=Value(UNCLEAR)),
        default=Value(FINE),
        output_field=CharField(),
    )
    return Link.objects.annotate(state=state)


def _asked_for(request: HttpRequest) -> QuerySet[Any]:
    """All links, or the one that the desk leads to (`?nur=`)."""
    only = whole_number(request.GET.get("nur", ""))
    return _rows() if only is None else _rows().filter(pk=only)


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(url__icontains=word)
    return rows


def seen_in_words(link: Link) -> str:
    """What was seen; unless it is there, since when."""
    return str(NOT_YET if link.checked_at is None else WORDS.get(link.cause, WORDS["strange"]))


def _prepare(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related("places")


LISTING = Listing(
    facets=(
        Facet(
            "stand",
            gettext_lazy("State of the link"),
            "state",
            (
                Option(BROKEN, gettext_lazy("Broken")),
                Option(UNCLEAR, gettext_lazy("Unclear")),
                Option(FINE, gettext_lazy("There, or not looked at yet")),
                Option(ACCEPTED, gettext_lazy("Said to be all right")),
            ),
        ),
    ),
    search=_search,
    prepare=_prepare,
    sorts=(
        Sort("lange", gettext_lazy("Longest broken first"), (F("failed_since").asc(nulls_last=True), "pk")),
        Sort("adresse", gettext_lazy("By address"), ("url", "pk")),
    ),
    columns=(
        Column(gettext_lazy("Address"), lambda link: link.url, 60),
        Column(gettext_lazy("What we see"), seen_in_words, 50),
        Column(gettext_lazy("Since"), lambda link: link.failed_since, 18),
        Column(gettext_lazy("Looked at"), lambda link: link.checked_at, 18),
        Column(gettext_lazy("Number of places"), lambda link: len(link.places.all()), 10),
    ),
    file_name="links",
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def link_list(request: HttpRequest) -> HttpResponse:
    """Links with what is behind them and where they stand; the broken ones first."""
    shown = read(LISTING, _asked_for(request), request.GET)
    links = list(shown.page)
    keys = {(place.kind, place.subject_id) for link in links for place in link.places.all()}
    known = about(keys)
    rows = [_row(link, known) for link in links]
    heading = ngettext("%(number)d link", "%(number)d links", shown.total) % {"number": shown.total}
    context = {
        "shown": shown,
        "rows": rows,
        "heading": heading,
        "crumbs": crumbs(_("Links")),
        "days": IGNORED.days,
        "back": request.get_full_path(),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
    }
    return render(request, "quality/links.html", context)


def _row(link: Any, known: dict[tuple[str, int], About]) -> dict[str, Any]:
    places = [known[key] for place in link.places.all() if (key := (place.kind, place.subject_id)) in known]
    providers = sorted({each.provider for each in places if each.kind == Subject.OFFER and each.provider})
    return {
        "link": link,
        "label": link.url.partition("://")[2].rstrip("/"),
        "seen": seen_in_words(link),
        "once": link.verdict == Link.Verdict.SUSPECT,
        "accepted": link.state == ACCEPTED,
        "broken": link.state == BROKEN,
        "places": places[:SHOWN_PLACES],
        "more": max(len(places) - SHOWN_PLACES, 0),
        "providers": providers if link.state == BROKEN else [],
    }


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def link_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(LISTING, _rows(), request, kind)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a link soon, unless somebody just did; what was said to be all right counts no more."""
    if _asked_again(pk, by=request.user):
        messages.success(request, _("We are looking at the link. In a few minutes you see here what we found."))
    else:
        messages.info(request, _("We looked at this link within the last hour. Please wait a little."))
    return redirect(_back(request))


@transaction.atomic
def _asked_again(pk: int, *, by: Any) -> bool:
    link = get_object_or_404(Link.objects.select_for_update(), pk=pk)
    now = timezone.now()
    fresh = link.checked_at is not None and now - link.checked_at < NOT_AGAIN
    if link.ignored_until is not None:
        record("quality.link_again", link, by=by)
    link.ignored_until = None
    if not fresh:
        link.due_at = now
        jobs.check_links_here.defer_once(seconds=1)
    link.save(update_fields=["ignored_until", "due_at"])
    return not fresh


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked and says it is all right: for a while it counts as no mistake."""
    _accepted(pk, by=request.user)
    messages.success(request, _("The link counts as all right for three months."))
    return redirect(following(request, WORK, pk) or _back(request))


@transaction.atomic
def _accepted(pk: int, *, by: Any) -> None:
    link = get_object_or_404(Link.objects.select_for_update(), pk=pk)
    until = timezone.now() + IGNORED
    if link.ignored_until is None or link.ignored_until < timezone.now():
        link.ignored_until = until
        link.save(update_fields=["ignored_until"])
        record("quality.link_accepted", link, by=by, changes={"until": until.date().isoformat()})


def _back(request: HttpRequest) -> str:
    """The list as it was filtered."""
    return way_back(request, "/redaktion/qualitaet/links/")


def counts() -> dict[str, int]:
    """How many are broken and how many unclear; one statement, for the board."""
    found = dict(_rows().order_by().values_list("state").annotate(number=Count("pk")))
    return {"broken": int(found.get(BROKEN, 0)), "unclear": int(found.get(UNCLEAR, 0))}
