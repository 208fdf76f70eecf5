"""Choosing two entries, seeing field by field what becomes of them, merging."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.text import clean_text
from portal.authoring.finding import writer
from portal.feedback.models import Case
from portal.inventory.entering.beginning import number_of
from portal.inventory.merging import services
from portal.inventory.merging.texts import BOTH, OTHER, PARTS, STAYS, Part, differs, usual
from portal.inventory.models import Subject
from portal.media.models import MediaFile
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.organisations.models import Invitation, JoinRequest
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.kinds import Content, Difference
from portal.revisions.models import Revision
from portal.usage.models import DailyOfferView

MOST_FOUND, LONGEST_NAME = 20, 100
# They go with the address; nobody reads them.
_UNREAD = frozenset({"latitude", "longitude", "precision"})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def merge(request: HttpRequest) -> HttpResponse:
    """Both entries beside each other; with a POST and `ja` they become one."""
    given = request.POST if request.method == "POST" else request.GET
    stays, goes = (_provider(given.get(name, "")) for name in ("a", "b"))
    if stays is None or goes is None:
        return _choose(request, stays, goes)
    if request.method == "POST":
        return _merged(request, stays, goes)
    return _shown(request, stays, goes)


def _provider(text: str) -> Provider | None:
    pk = number_of(text)
    return Provider.objects.filter(pk=pk).first() if pk is not None else None


def _merged(request: HttpRequest, stays: Provider, goes: Provider) -> HttpResponse:
    choices = {part.name: request.POST.get(f"feld_{part.name}", "") for part in PARTS}
    try:
        moved = services.merge(stays, goes, by=writer(request), choices=choices, mark=request.POST.get("stand", ""))
    except services.ChangedMeanwhileError as error:
        stays.refresh_from_db()
        goes.refresh_from_db()
        return _shown(request, stays, goes, choices=choices, mistake=str(error), status=409)
    except services.UnmergeableError as error:
        return _shown(request, stays, goes, choices=choices, mistake=str(error), status=400)
    if moved:
        said = _("“%(goes)s” is part of “%(stays)s” now. Offers that moved: %(number)d.")
        messages.success(request, said % {"goes": goes, "stays": stays, "number": len(moved["offers"])})
    else:
        messages.info(request, _("These two were merged already."))
    return redirect("inventory:provider", pk=stays.pk)


def _shown(
    request: HttpRequest,
    stays: Provider,
    goes: Provider,
    *,
    choices: dict[str, str] | None = None,
    mistake: str = "",
    status: int = 200,
) -> HttpResponse:
    one, other = KIND.take(stays), services.text_of(goes)
    reason = services.why_not(stays, goes)
    url = reverse("inventory:merge")
    context = {
        "stays": stays,
        "goes": goes,
        "mistake": mistake or reason,
        "possible": not reason,
        "fields": [_field(one, other, part, choices or {}) for part in PARTS if differs(one, other, part)],
        "counts": _counts(stays, goes),
        "appearing": _appearing(stays, goes),
        "swap": f"{url}?a={goes.pk}&b={stays.pk}" if stays.pk != goes.pk else "",
        "mark": services.mark_of(stays, goes) if not reason else "",
        "crumbs": _crumbs(),
    }
    return render(request, "inventory/merge.html", context, status=status)


def _field(one: Content, other: Content, part: Part, choices: dict[str, str]) -> dict[str, Any]:
    """A row: what each says, in words, and what is proposed."""
    blank = KIND.canonical({})
    said = {side: _lines(blank, content, part) for side, content in ((STAYS, one), (OTHER, other))}
    chosen = choices.get(part.name) or usual(one, other, part)
    options = [{"value": side, "lines": said[side], "checked": chosen == side} for side in (STAYS, OTHER)]
    return {
        "name": f"feld_{part.name}",
        "label": part.label,
        "options": options,
        "both": part.both is not None,
        "both_value": BOTH,
        "both_checked": chosen == BOTH,
    }


def _lines(blank: Content, content: Content, part: Part) -> list[str]:
    there = {**blank, **{key: content[key] for key in part.keys if key not in _UNREAD}}
    found: list[Difference] = KIND.differences(blank, there)
    return [line for each in found for line in (each.new or ())]


def _counts(stays: Provider, goes: Provider) -> list[dict[str, Any]]:
    """What each has, table by table, and what it becomes."""
    rows = []
    for label, note, numbers in (
        (
            _("Offers"),
            _("Their addresses, dates, bookmarks and figures stay."),
            _number(Offer, "provider", stays, goes),
        ),
        (_("People"), _("Who belongs to both keeps the greater role."), _number(Membership, "provider", stays, goes)),
        (_("Open invitations"), "", _number(Invitation, "provider", stays, goes, state="open")),
        (_("Requests to join that wait"), "", _number(JoinRequest, "provider", stays, goes, state="waiting")),
        (_("Pictures in the library"), "", _number(MediaFile, "owner", stays, goes)),
        (_("Messages of residents"), "", _number(Case, "provider", stays, goes)),
    ):
        rows.append({"label": label, "note": note, "stays": numbers[0], "goes": numbers[1]})
    revisions = [Revision.objects.of(KIND.name, each.pk).history().count() for each in (stays, goes)]
    kept = _("Each stays where it is; nothing of the history is lost.")
    rows.append(
        {"label": _("States of the profile in the history"), "note": kept, "stays": revisions[0], "goes": revisions[1]}
    )
    views = [_views(each) for each in (stays, goes)]
    rows.append({"label": _("Days with figures of its offers"), "note": "", "stays": views[0], "goes": views[1]})
    return rows


def _number(model: Any, column: str, stays: Provider, goes: Provider, **which: Any) -> tuple[int, int]:
    found = [model.objects.filter(**{column: each}, **which).count() for each in (stays, goes)]
    return found[0], found[1]


def _views(provider: Provider) -> int:
    return DailyOfferView.objects.filter(offer_id__in=Offer.objects.filter(provider=provider).values("pk")).count()


def _appearing(stays: Provider, goes: Provider) -> int:
    """Approved offers that nobody sees because their provider is not public, and that would be seen."""
    if stays.state != State.PUBLISHED or goes.state == State.PUBLISHED:
        return 0
    return Offer.objects.filter(provider=goes, state=OfferState.PUBLISHED).count()


def _choose(request: HttpRequest, stays: Provider | None, goes: Provider | None) -> HttpResponse:
    """Look for what is missing; the one that is there is named."""
    words = clean_text(request.GET.get("wer", ""))[:LONGEST_NAME].strip()
    known = stays or goes
    there = Provider.objects.filter(merged_into=None).exclude(state=State.TRASHED)
    if known is not None:
        there = there.exclude(pk=known.pk)
    for word in words.split():
        there = there.filter(name__icontains=word)
    context = {
        "known": known,
        "words": words,
        "found": list(there[:MOST_FOUND]) if words else [],
        "asks": "b" if known is not None else "a",
        "crumbs": _crumbs(),
    }
    return render(request, "inventory/merge_choose.html", context)


def _crumbs() -> list[dict[str, Any]]:
    return [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": Subject.PROVIDERS.label, "url": "/redaktion/anbieter/"},
        {"label": _("Merge"), "url": ""},
    ]
