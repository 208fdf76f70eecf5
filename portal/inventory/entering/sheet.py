"""One offer or provider as the editors see it: where it stands, what can be done, the internal note, the markers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.services import record
from core.access import Role, allow
from core.numbers import whole_numbers
from portal.authoring.finding import writer
from portal.authoring.own.wording import KINDS as OFFER_KINDS
from portal.authoring.profile.following import KINDS as PROVIDER_KINDS
from portal.inventory.entering.notes import NoteForm
from portal.inventory.models import Note, Subject
from portal.offers.condition import condition_of, reason_of
from portal.offers.kind import CLOSED, KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.condition import condition_of as profile_condition_of
from portal.providers.condition import reason_of as profile_reason_of
from portal.providers.condition import with_condition
from portal.providers.models import Membership, Provider
from portal.providers.states import State as ProviderState
from portal.revisions.bulk import change_quietly
from portal.taxonomy.models import Marker

MOST_PEOPLE, MOST_MERGED = 50, 20


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """An offer with everything that the editors do with it."""
    return _offer(request, pk, None)


def _offer(request: HttpRequest, pk: int, wrong: NoteForm | None) -> HttpResponse:
    rows = Offer.objects.select_related("provider", "author", "last_editor").with_condition()
    found = get_object_or_404(rows, pk=pk)
    condition = condition_of(found)
    chosen = set(found.markers.values_list("pk", flat=True))
    context = {
        "offer": found,
        "name": str(found),
        "condition": condition,
        "kind": OFFER_KINDS.get(condition, ""),
        "reason": reason_of(found),
        "is_open": found.state not in CLOSED,
        "is_lost": found.state == State.TRASHED,
        "is_public": found.state == State.PUBLISHED and found.provider.state == ProviderState.PUBLISHED,
        "markers": [
            {"value": each, "label": label, "checked": each in chosen}
            for each, label in Marker.objects.values_list("pk", "name")
        ],
        **_note(Subject.OFFERS, pk, wrong),
        "crumbs": _crumbs(Subject.OFFERS, str(found)),
    }
    return render(request, "inventory/offer.html", context, status=400 if wrong else 200)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    """A provider with its people, its offers in numbers and everything that the editors do with it."""
    return _provider(request, pk, None)


def _provider(request: HttpRequest, pk: int, wrong: NoteForm | None) -> HttpResponse:
    found = get_object_or_404(with_condition(Provider.objects.select_related("carrier", "district")), pk=pk)
    if found.merged_into is not None:
        messages.info(request, _("“%(name)s” was merged into this entry.") % {"name": found})
        return redirect("inventory:provider", pk=found.merged_into)
    condition = profile_condition_of(found)
    states = dict[str, int]()
    for state in Offer.objects.filter(provider=found).values_list("state", flat=True):
        states[state] = states.get(state, 0) + 1
    context = {
        "provider": found,
        "name": str(found),
        "condition": condition,
        "kind": PROVIDER_KINDS.get(condition, ""),
        "reason": profile_reason_of(found),
        "is_open": found.state not in {ProviderState.ARCHIVED, ProviderState.TRASHED},
        "is_lost": found.state == ProviderState.TRASHED,
        "is_public": found.state == ProviderState.PUBLISHED,
        "states": [(State(state).label, number) for state, number in sorted(states.items())],
        "people": Membership.objects.filter(provider=found).select_related("user").order_by("role", "pk")[:MOST_PEOPLE],
        "merged": Provider.objects.filter(merged_into=pk).order_by("pk")[:MOST_MERGED],
        **_note(Subject.PROVIDERS, pk, wrong),
        "crumbs": _crumbs(Subject.PROVIDERS, str(found)),
    }
    return render(request, "inventory/provider.html", context, status=400 if wrong else 200)


def _crumbs(subject: Subject, name: str) -> list[dict[str, Any]]:
    return [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": subject.label, "url": f"/redaktion/{subject}/"},
        {"label": name, "url": ""},
    ]


def _note(subject: Subject, pk: int, wrong: NoteForm | None) -> dict[str, Any]:
    note = Note.objects.select_related("written_by").filter(subject=subject, subject_id=pk).first()
    return {"note": note, "note_form": wrong or NoteForm(note)}


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def note_on_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the internal note of an offer."""
    wrong = _wrong_note(request, get_object_or_404(Offer, pk=pk), Subject.OFFERS)
    return _offer(request, pk, wrong) if wrong else redirect("inventory:offer", pk=pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def note_on_provider(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the internal note of a provider."""
    wrong = _wrong_note(request, get_object_or_404(Provider, pk=pk), Subject.PROVIDERS)
    return _provider(request, pk, wrong) if wrong else redirect("inventory:provider", pk=pk)


def _wrong_note(request: HttpRequest, row: Any, subject: Subject) -> NoteForm | None:
    """Keep the note; the form where it cannot be kept as it is."""
    with transaction.atomic():
        known = Note.objects.select_for_update().filter(subject=subject, subject_id=row.pk).first()
        form = NoteForm(known, request.POST)
        if not form.is_valid():
            return form
        given = {"text": form.cleaned_data["notiz"], "written_by": writer(request), "written_at": timezone.now()}
        Note.objects.update_or_create(subject=subject, subject_id=row.pk, defaults=given)
        # Not the text: it is for the editors, and the log is read by others too.
        record("note", row, by=writer(request))
    messages.success(request, _("The note was saved."))
    return None


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an offer these markers and no others."""
    wanted = set(whole_numbers(request.POST.getlist("kennzeichen")))
    get_object_or_404(Offer, pk=pk)
    with transaction.atomic():
        found = KIND.rules.lock(pk)
        if found.state in CLOSED:
            raise Http404
        before = list(KIND.take(found)["markers"])
        after = sorted(Marker.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        if change_quietly(KIND, found, {"markers": after}, by=writer(request)):
            record("markers", found, by=writer(request), changes={"markers": [before, after]})
    messages.success(request, _("The markers were saved."))
    return redirect("inventory:offer", pk=pk)
