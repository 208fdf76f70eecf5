"""Possible doubles, one pair after the other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from core.work import following
from portal.offers.removal import DAYS
from portal.quality.crumbs import crumbs
from portal.quality.doors import merge_url
from portal.quality.doubles.deciding import keep, tell_apart
from portal.quality.doubles.showing import sides_of
from portal.quality.models import Pair, Subject

WORK = "pair"
"""What the editors' desk calls a pair (`portal.quality.work`)."""
LIST = "/redaktion/qualitaet/doppelt/"
KINDS = {"angebote": Subject.OFFER, "anbieter": Subject.PROVIDER}
# Pairs of which one is gone since the night are passed over; not endlessly.
MOST_TRIES = 5


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def pairs(request: HttpRequest) -> HttpResponse:
    """The pair asked for (`?paar=`), or the likest one; beside it how many there are."""
    rows = list(Pair.objects.open().values_list("pk", "kind"))
    name = request.GET.get("art", "")
    kind = KINDS.get(name) or _kind_of(request, rows)
    numbers = [pk for pk, of in rows if of == kind]
    found = _found(request.GET.get("paar", ""), numbers)
    context: dict[str, Any] = {
        "tabs": [
            {
                "label": {Subject.OFFER: _("Offers"), Subject.PROVIDER: _("Providers")}[of],
                "url": f"{LIST}?art={word}",
                "current": of == kind,
                "count": sum(each == of for _pk, each in rows),
            }
            for word, of in KINDS.items()
        ],
        "total": len(numbers),
        "days": DAYS,
        "is_offer": kind == Subject.OFFER,
        "crumbs": crumbs(_("Possible doubles")),
    }
    if found is not None:
        context |= _shown(*found, numbers)
    return render(request, "quality/pairs.html", context)


def _kind_of(request: HttpRequest, rows: list[tuple[int, str]]) -> Subject:
    """Of the pair asked for; else offers, unless there are only providers."""
    known = {str(pk): kind for pk, kind in rows}
    asked = known.get(request.GET.get("paar", ""))
    return Subject(asked or (rows[0][1] if rows and all(kind == Subject.PROVIDER for _pk, kind in rows) else "offer"))


def _found(asked: str, numbers: list[int]) -> tuple[Pair, Any] | None:
    start = next((at for at, pk in enumerate(numbers) if str(pk) == asked), 0)
    for pk in numbers[start : start + MOST_TRIES]:
        pair = Pair.objects.filter(pk=pk).first()
        sides = sides_of(pair) if pair is not None else None
        if pair is not None and sides is not None:
            return pair, sides
    return None


def _shown(pair: Pair, sides: Any, numbers: list[int]) -> dict[str, Any]:
    at = numbers.index(pair.pk)
    following = numbers[at + 1] if at + 1 < len(numbers) else None
    return {
        "pair": pair,
        "sides": sides,
        "place": at + 1,
        "percent": round(pair.likeness * 100),
        "next_url": f"{LIST}?paar={following}" if following else "",
        "merge": merge_url(pair.first_id, pair.second_id) if pair.kind == Subject.PROVIDER else "",
    }


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def different(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two; then the next pair."""
    pair = get_object_or_404(Pair, pk=pk)
    if tell_apart(pair, by=request.user):
        messages.success(request, _("Remembered: these are two different ones. You will not be asked again."))
    else:
        messages.info(request, _("Somebody decided on this pair already."))
    return redirect(following(request, WORK, pair.pk) or _following(pair))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def keep_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one of two offers; then the next pair."""
    pair = get_object_or_404(Pair, pk=pk)
    chosen = request.POST.get("behalten", "")
    kept = whole_number(chosen) or 0
    if keep(pair, kept, by=request.user):
        text = _("Kept. The other offer lies in the bin for %(days)d days, and its address leads to the kept one.")
        messages.success(request, text % {"days": DAYS})
    else:
        messages.info(
            request, _("Nothing was changed: somebody decided already, or one of the two is no longer public.")
        )
    return redirect(following(request, WORK, pair.pk) or _following(pair))


def _following(pair: Pair) -> str:
    word = next(name for name, kind in KINDS.items() if kind == pair.kind)
    following = Pair.objects.open().filter(kind=pair.kind, likeness__lte=pair.likeness).exclude(pk=pair.pk).first()
    return f"{LIST}?art={word}&paar={following.pk}" if following else f"{LIST}?art={word}"
