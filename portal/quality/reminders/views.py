"""Reminding: first who gets a mail and who does not, then one click."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.numbers import whole_numbers
from mail.wording import worded
from portal.providers.models import Provider
from portal.quality.crumbs import crumbs
from portal.quality.models import REST_DAYS, Reason
from portal.quality.reminders.sending import context_of, key_of
from portal.quality.reminders.starting import remind as send_all
from portal.quality.reminders.who import Addressee, WhyNot, addressees

NAMED = 60


def _reason(value: str) -> Reason:
    try:
        return Reason(value)
    except ValueError:
        raise Http404 from None


def _only(request: HttpRequest) -> list[int] | None:
    """Some providers instead of all: `?anbieter=3`, as the list of links asks."""
    asked = request.GET.getlist("anbieter") + request.POST.getlist("anbieter")
    found = whole_numbers(asked)
    return found or ([] if asked else None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def remind(request: HttpRequest, reason: str) -> HttpResponse:
    """Who gets the mail, what it says; POST sends it."""
    what, only = _reason(reason), _only(request)
    if request.method == "POST":
        number = send_all(what, by=request.user, only=only)
        _say(request, number)
        return redirect("quality:board")
    return render(request, "quality/remind.html", _summary(what, only))


def _say(request: HttpRequest, number: int) -> None:
    if number:
        text = ngettext(
            "%(number)d provider gets a mail within the next minutes.",
            "%(number)d providers get a mail within the next minutes.",
            number,
        )
        messages.success(request, text % {"number": number})
    else:
        messages.warning(request, _("Nobody is left to remind: all were reminded already, or have no address."))


def _summary(what: Reason, only: list[int] | None) -> dict[str, Any]:
    found = addressees(what, only)
    ready = [each for each in found if each.why_not is None]
    subject, body = _preview(what, ready or found)
    return {
        "reason": what,
        "only": only or [],
        "ready": _part(ready),
        "lately": _part([each for each in found if each.why_not == WhyNot.LATELY]),
        "unreachable": _part([each for each in found if each.why_not == WhyNot.NO_ADDRESS]),
        "offers": sum(each.offers for each in ready),
        "rest_days": REST_DAYS,
        "kind": key_of(what),
        "subject": subject,
        "body": body,
        "crumbs": crumbs(_("Remind providers")),
    }


class Line(NamedTuple):
    """All that a line of the summary shows."""

    name: str
    url: str
    offers: int
    to: tuple[str, ...]
    reminded: str


def _part(found: list[Addressee]) -> dict[str, Any]:
    return {"number": len(found), "named": list(map(_line, found[:NAMED])), "more": max(len(found) - NAMED, 0)}


def _line(each: Addressee) -> Line:
    last = date_format(timezone.localtime(each.reminded), "SHORT_DATE_FORMAT") if each.reminded else ""
    return Line(each.provider.name, each.provider.url, each.offers, tuple(each.to), last)


def _preview(what: Reason, found: list[Addressee]) -> tuple[str, str]:
    if not found:
        return "", ""
    provider = Provider.objects.get(pk=found[0].provider.pk)
    letter = worded(key_of(what), context_of(what, [provider]))
    return letter.subject, letter.text
