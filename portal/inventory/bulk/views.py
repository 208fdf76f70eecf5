"""Bulk actions in the browser: the summary before, what runs, stopping, going on, taking back."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.text import clean_text
from portal.authoring.finding import writer
from portal.inventory.bulk import engine
from portal.inventory.bulk.asking import question_of
from portal.inventory.bulk.deeds import Deed
from portal.inventory.bulk.summing import summed
from portal.inventory.lists.seen import list_url, listing_of, rows_of
from portal.inventory.models import TAKEN_BACK_WITHIN, BulkItem, BulkRun, Subject
from portal.listing.choosing import FILTERS, picked
from portal.offers.models import Offer
from portal.providers.models import Provider

MOST_RUNS, MOST_LEFT = 30, 100
LONGEST_REASON, LONGEST_KEY = 300, 40
MOST_ROWS = 50_000


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def bulk_offers(request: HttpRequest) -> HttpResponse:
    """Say what would happen to the ticked offers, or begin it."""
    return _bulk(request, Subject.OFFERS)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def bulk_providers(request: HttpRequest) -> HttpResponse:
    """Say what would happen to the ticked providers, or begin it."""
    return _bulk(request, Subject.PROVIDERS)


def _bulk(request: HttpRequest, subject: Subject) -> HttpResponse:
    sent = request.POST
    back = list_url(subject, sent.get(FILTERS, ""))
    deed = engine.DEEDS[subject].get("zurueckholen" if "einzeln" in sent else sent.get("tun", ""))
    if "ja" in sent and deed is not None and (known := BulkRun.objects.filter(key=_key(sent)).first()):
        # A second click: it runs already.
        return redirect("inventory:run", pk=known.pk)
    ids = _ids(subject, sent)
    if not ids:
        messages.warning(request, _("Please tick at least one row first."))
        return redirect(back)
    if deed is None:
        return _asked_what(request, subject, ids, back)
    question = question_of(deed, sent)
    if "ja" in sent and not question.is_open and sent.get("gezeigt_fuer", "") == question.which:
        return _begun(request, deed, ids, question, back)
    return summary_page(request, subject, deed.name, ids, sent)


def summary_page(request: HttpRequest, subject: Subject, name: str, ids: list[int], sent: QueryDict) -> HttpResponse:
    """What a deed would do with these rows; `sent` answers what it asks."""
    deed = engine.DEEDS[subject][name]
    question = question_of(deed, sent)
    summary = summed(deed, ids, question) if not question.is_open else None
    context = _frame(subject, sent, ids, list_url(subject, sent.get(FILTERS, ""))) | {
        "deed": deed,
        "question": question,
        "summary": summary,
        "heading": deed.question(len(summary.can) if summary is not None else len(ids)),
        "button": deed.button(len(summary.can)) if summary is not None else "",
        "key": uuid4().hex,
        "reason": _reason(sent),
        "pressed": "ja" in sent,
        "days": TAKEN_BACK_WITHIN.days,
    }
    return render(request, "inventory/bulk.html", context)


def _begun(request: HttpRequest, deed: Deed, ids: list[int], question: Any, back: str) -> HttpResponse:
    summary = summed(deed, ids, question)
    if not summary.can:
        messages.info(request, _("Nothing had to be changed."))
        return redirect(back)
    run, _fresh = engine.start(
        deed,
        summary.can,
        by=writer(request),
        key=_key(request.POST) or uuid4().hex,
        params=question.params,
        reason=_reason(request.POST),
        tells="mail" in request.POST,
    )
    return redirect("inventory:run", pk=run.pk)


def _ids(subject: Subject, sent: QueryDict) -> list[int]:
    asked = QueryDict(sent.get(FILTERS, ""))
    if "einzeln" in sent:
        # The button of one row counts, whatever is ticked besides.
        sent = QueryDict(urlencode({"wahl": sent["einzeln"]}))
    rows: Any = rows_of(subject, asked)
    if sent.get("alle") != "1":
        # What is named may lie in the bin as well.
        rows = (Offer.objects.all() if subject == Subject.OFFERS else Provider.objects.filter(merged_into=None)).only(
            "pk"
        )
    return picked(listing_of(subject, asked), rows, sent)[:MOST_ROWS]


def _key(sent: QueryDict) -> str:
    given = sent.get("schluessel", "")
    return given if given.isascii() and given.isalnum() and len(given) <= LONGEST_KEY else ""


def _reason(sent: QueryDict) -> str:
    return " ".join(clean_text(sent.get("grund", "")).split())[:LONGEST_REASON]


def _asked_what(request: HttpRequest, subject: Subject, ids: list[int], back: str) -> HttpResponse:
    context = _frame(subject, request.POST, ids, back) | {"deed": None, "heading": _("What is to be done?")}
    return render(request, "inventory/bulk.html", context, status=400)


def _frame(subject: Subject, sent: QueryDict, ids: list[int], back: str) -> dict[str, Any]:
    return {
        "subject": subject,
        "url": f"{list_url(subject)}sammeln/",
        "query": sent.get(FILTERS, ""),
        "numbers": ",".join(map(str, ids)),
        "number": len(ids),
        "back": back,
        "actions": actions_of(subject),
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": subject.label, "url": back},
            {"label": _("Summary"), "url": ""},
        ],
    }


def actions_of(subject: Subject) -> list[dict[str, Any]]:
    """What can be chosen below a list."""
    return [{"value": deed.name, "label": deed.label} for deed in engine.DEEDS[subject].values()]


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def runs(request: HttpRequest) -> HttpResponse:
    """What is being done just now, and what was done last."""
    found = list(BulkRun.objects.select_related("started_by")[:MOST_RUNS])
    context = {
        "rows": [row_of(each) for each in found],
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Bulk actions"), "url": ""},
        ],
    }
    return render(request, "inventory/runs.html", context)


def row_of(run: BulkRun) -> dict[str, Any]:
    """A run as the lists show it."""
    return {
        "run": run,
        "name": engine.deed_of(run).done,
        "takes_back": engine.may_take_back(run),
        "subject": Subject(run.subject).label,
    }


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one is, what was left out and why."""
    found = get_object_or_404(BulkRun.objects.select_related("started_by", "back_by"), pk=pk)
    left = list(found.items.filter(state__in=[BulkItem.State.REFUSED, BulkItem.State.KEPT])[: MOST_LEFT + 1])
    names = _names(found.subject, [each.subject_id for each in left])
    deed = engine.deed_of(found)
    context = row_of(found) | {
        "deed": deed,
        "left": [
            {"name": names.get(each.subject_id, ""), "pk": each.subject_id, "item": each} for each in left[:MOST_LEFT]
        ],
        "more_left": len(left) > MOST_LEFT,
        "can_be_taken_back": deed.goes_back,
        "days": TAKEN_BACK_WITHIN.days,
        "list": list_url(Subject(found.subject)),
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Bulk actions"), "url": reverse("inventory:runs")},
            {"label": deed.done, "url": ""},
        ],
    }
    return render(request, "inventory/run.html", context)


def _names(subject: str, ids: list[int]) -> dict[int, str]:
    if subject == Subject.OFFERS:
        return dict(Offer.objects.filter(pk__in=ids).values_list("pk", "title"))
    return dict(Provider.objects.filter(pk__in=ids).values_list("pk", "name"))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it end after the part that runs now."""
    found = get_object_or_404(BulkRun, pk=pk)
    if engine.stop(found, by=writer(request)):
        messages.success(request, _("It was stopped. What is done stays done until you take it back."))
    else:
        messages.info(request, _("It had ended already."))
    return redirect("inventory:run", pk=pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on where it was stopped."""
    found = get_object_or_404(BulkRun, pk=pk)
    if engine.resume(found, by=writer(request)):
        messages.success(request, _("It goes on."))
    else:
        messages.info(request, _("It was not stopped."))
    return redirect("inventory:run", pk=pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring everything back that has not been changed since."""
    found = get_object_or_404(BulkRun, pk=pk)
    if engine.take_back(found, by=writer(request)):
        messages.success(request, _("It is being taken back."))
    else:
        messages.warning(request, _("That cannot be taken back (any more)."))
    return redirect("inventory:run", pk=pk)
