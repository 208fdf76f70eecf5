"""Who gets a newsletter: the list, entering one, deciding on requests, removing."""

from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Permission, allow
from core.returning import way_back
from mail.models import Unreachable
from portal.listing.export import export
from portal.listing.reading import read
from portal.listing.spec import Column, Facet, Listing, Option, Sort
from portal.newsletter import readers as verbs
from portal.newsletter.forms import EnterForm
from portal.newsletter.models import Newsletter, Reader, Source, State
from portal.newsletter.views.frame import tabs, within

GONE = "unzustellbar"
STATES = {**dict(State.choices), GONE: gettext_lazy("mail comes back")}
LISTING = Listing(
    facets=(
        Facet("stand", gettext_lazy("State"), "stand", tuple(Option(*each) for each in STATES.items())),
        Facet("quelle", gettext_lazy("From where"), "source", tuple(Option(*each) for each in Source.choices)),
    ),
    search=lambda rows, words: rows.filter(email__icontains=words.strip()),
    sorts=(
        Sort("neu", gettext_lazy("Newest first"), ("-created_at", "-pk")),
        Sort("adresse", gettext_lazy("By address"), ("email", "pk")),
    ),
    columns=(
        Column(gettext_lazy("Address of mail"), lambda row: row.email, 36),
        Column(gettext_lazy("State"), lambda row: str(STATES[row.stand]), 20),
        Column(gettext_lazy("From where"), lambda row: row.get_source_display(), 26),
        Column(gettext_lazy("Consent"), lambda row: row.evidence, 50),
        Column(gettext_lazy("Asked for"), lambda row: row.created_at, 18),
        Column(gettext_lazy("Confirmed"), lambda row: row.confirmed_at, 18),
    ),
    file_name="leser",
    per_page=50,
)


def _rows(newsletter: Newsletter) -> QuerySet[Any]:
    gone = Exists(Unreachable.objects.filter(address=OuterRef("email")))
    return Reader.objects.filter(newsletter=newsletter).annotate(
        stand=Case(When(gone, then=Value(GONE)), default=F("state"), output_field=CharField()),
        gone=Case(When(gone, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )


@require_safe
@allow(Permission.CONTENT)
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """The list."""
    return _page(request, get_object_or_404(Newsletter, pk=pk), EnterForm())


def _page(request: HttpRequest, newsletter: Newsletter, form: EnterForm) -> HttpResponse:
    shown = read(LISTING, _rows(newsletter), request.GET)
    context = {
        "newsletter": newsletter,
        "form": form,
        "shown": shown,
        "rows": [{"reader": each, "label": STATES[each.stand]} for each in shown.page],
        "heading": ngettext("%(number)d reader", "%(number)d readers", shown.total) % {"number": shown.total},
        "back": request.get_full_path() if request.method == "GET" else "",
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
        "tabs": tabs(newsletter, "readers"),
        "crumbs": within(newsletter, (_("Readers"), "")),
    }
    return render(request, "newsletter/readers.html", context, status=400 if form.errors else 200)


@require_safe
@allow(Permission.CONTENT)
def readers_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(LISTING, _rows(get_object_or_404(Newsletter, pk=pk)), request, kind)


@require_POST
@allow(Permission.CONTENT)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """One address; its owner is asked by mail."""
    newsletter = get_object_or_404(Newsletter, pk=pk)
    form = EnterForm(request.POST)
    if not form.is_valid():
        return _page(request, newsletter, form)
    if verbs.enter(newsletter, form.cleaned_data["email"], by=request.user, now=timezone.now()):
        messages.success(request, _("A mail asks whether they want it. With the button in it they are a reader."))
    else:
        messages.info(request, _("This address is on the list already."))
    return redirect("newsletter:readers", pk)


def _one(pk: int) -> Reader:
    return get_object_or_404(Reader.objects.select_related("newsletter"), pk=pk)


def _back(request: HttpRequest, reader: Reader) -> HttpResponse:
    return redirect(way_back(request, reverse("newsletter:readers", args=[reader.newsletter_id])))


@require_POST
@allow(Permission.CONTENT)
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who asked gets it."""
    reader = _one(pk)
    if verbs.admit(reader, by=request.user):
        messages.success(
            request, _("%(address)s gets the next issue, and a mail that says so.") % {"address": reader.email}
        )
    else:
        messages.info(request, _("This was decided already."))
    return _back(request, reader)


@require_POST
@allow(Permission.CONTENT)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who asked does not get it."""
    reader = _one(pk)
    if verbs.refuse(reader, by=request.user):
        messages.success(request, _("Not admitted. A mail says so, and the address is forgotten."))
    else:
        messages.info(request, _("This was decided already."))
    return _back(request, reader)


@require_POST
@allow(Permission.CONTENT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody called and wants it no more."""
    reader = _one(pk)
    verbs.remove(reader, by=request.user, now=timezone.now())
    messages.success(request, _("The address is forgotten. No list brings it back; only its owner can."))
    return _back(request, reader)
