"""The pages behind the link of a reminder: no sign-in, and nothing changes but by a button that a person presses.

None of them uses the CSRF cookie, for visitors get no cookie: whoever sends one of the forms holds the secret of its
address.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.numbers import whole_number
from portal.offers.choices import ScheduleKind
from portal.offers.editing import CONFIRMABLE
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.upkeep import sending, standing
from portal.upkeep.asking import Course, rows_of
from portal.upkeep.ending import end
from portal.upkeep.forms import EndForm
from portal.upkeep.models import Ending, Letter, Stopped
from portal.upkeep.pages.pressing import pressed
from portal.upkeep.people import masked
from portal.upkeep.seeing import PER_PAGE, questions
from portal.upkeep.standing import Standing
from portal.upkeep.tokens import letter_of

MOST_NAMED = 10
View = Callable[[HttpRequest, Letter, str], HttpResponse]


def of_letter(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the letter of the address; a page of its own for links that are forged, forgotten, of somebody who is not
    responsible any more, or that have run out."""

    @wraps(view)
    def around(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        letter = letter_of(token)
        if letter is None or not standing.may_speak(letter):
            return render(request, "upkeep/unknown.html", status=404)
        if letter.has_run_out:
            return _run_out(request, letter)
        return view(request, letter, token, **more)

    for mark in (
        allow(Role.VISITOR),
        require_http_methods(["GET", "HEAD", "POST"]),
        never_cache,
        csrf_exempt,
    ):
        around = mark(around)
    return around


def _run_out(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Another link to the same address; whoever has the old one learns no more than that."""
    wanted = request.method == "POST" and pressed(request, ["neu"])
    if wanted:
        sending.send_again(letter)
    context = {"address": masked(letter.address), "sent": bool(wanted), "last_day": letter.last_day}
    return render(request, "upkeep/run_out.html", context, status=200 if wanted else 410)


@of_letter
def check(request: HttpRequest, letter: Letter, token: str) -> HttpResponse:
    """What is asked, offer by offer; the buttons say that it is right."""
    found = standing.standing(letter)
    if request.method == "POST":
        button = pressed(request, ["alle", "stimmt"])
        if not button:
            return _page(request, found, token, unpressed=True)
        return _confirmed(request, found, token, button)
    if not found.open:
        return redirect("upkeep:thanks", token)
    return _page(request, found, token)


def _confirmed(request: HttpRequest, found: Standing, token: str, button: str) -> HttpResponse:
    wanted = found.everything
    if button == "stimmt":
        sent = whole_number(request.POST["stimmt"])
        wanted = [pk for pk in found.everything if pk == sent]
        if not wanted:
            raise Http404
    standing.confirm_by_link(found, wanted)
    left = [pk for pk in found.open if pk not in wanted]
    return redirect("upkeep:check" if left else "upkeep:thanks", token)


def _page(request: HttpRequest, found: Standing, token: str, *, unpressed: bool = False) -> HttpResponse:
    number = request.GET.get("seite", "1")
    page = Paginator(found.open, PER_PAGE).get_page(number if len(number) < 9 else 1)
    now, course = timezone.now(), Course.of(Preferences.current())
    asked = rows_of(found.open, now=now).only("pk", "noted_at", "hidden_at")
    noted, hidden = sending.days_ahead(asked, course=course, now=now) if found.open else (None, None)
    context = {
        "letter": letter_words(found.letter),
        "names": found.names,
        "page": page,
        "questions": questions(list(page), end_url=f"/angebote/pruefen/{token}/%d/ende/"),
        "number": len(found.open),
        "token": token,
        "noted_day": noted,
        "hidden_day": hidden,
        "unpressed": unpressed,
        "crumbs": [{"label": _("Check offers"), "url": ""}],
    }
    return render(request, "upkeep/check.html", context, status=400 if unpressed else 200)


def letter_words(letter: Letter) -> dict[str, Any]:
    """To which mail a page belongs."""
    return {"written": letter.written_at, "address": masked(letter.address), "last_day": letter.last_day}


@of_letter
def thanks(request: HttpRequest, letter: Letter, token: str) -> HttpResponse:
    """What was said, however often somebody presses."""
    found = standing.standing(letter)
    if request.method == "POST" or not found.done:
        return redirect("upkeep:check", token) if found.open else render(request, "upkeep/nothing.html")
    shown = found.done[:MOST_NAMED]
    rows = Offer.objects.select_related("provider").in_bulk(shown)
    soon = Offer.objects.current().filter(provider__in=found.providers, ends_at__lt=_soon())
    soon = soon.exclude(schedule_kind=ScheduleKind.DATES).order_by("ends_at", "pk")
    context = {
        "letter": letter_words(letter),
        "name": letter.user.name if letter.user is not None else "",
        "number": len(found.done),
        "offers": [rows[pk] for pk in shown if pk in rows],
        "more": len(found.done) - len(shown),
        "open": len(found.open),
        "token": token,
        "again": _again(),
        "ending": list(soon[:3]),
        "crumbs": [{"label": _("Check offers"), "url": ""}],
    }
    return render(request, "upkeep/thanks.html", context)


def _soon() -> Any:
    return timezone.now() + timedelta(weeks=Preferences.current().ends_soon_weeks)


def _again() -> Any:
    """When they are asked again."""
    today = timezone.localdate()
    months = today.month - 1 + Preferences.current().stale_after_months
    return today.replace(year=today.year + months // 12, month=months % 12 + 1, day=1)


@of_letter
def over(request: HttpRequest, letter: Letter, token: str, pk: int) -> HttpResponse:
    """“Gibt es nicht mehr”: from when on?"""
    found = standing.standing(letter)
    if pk not in found.everything:
        raise Http404
    offer = Offer.objects.select_related("provider").get(pk=pk)
    button = pressed(request, ["beenden"]) if request.method == "POST" else ""
    form = EndForm(request.POST if button else None)
    if button and form.is_valid():
        end(offer, form.cleaned_data["tag"], by=standing.speaker(letter), user=letter.user)
        return redirect("upkeep:over_said", token, pk)
    return end_page(request, offer, form, back=f"/angebote/pruefen/{token}/", template="upkeep/end.html")


def end_page(request: HttpRequest, offer: Offer, form: EndForm, *, back: str, template: str) -> HttpResponse:
    """The question from when on; the same in one's account."""
    context = {
        "offer": offer,
        "form": form,
        "announced": Ending.objects.filter(pk=offer.pk).first(),
        "back": back,
        "crumbs": [{"label": _("Check offers"), "url": back}, {"label": offer.title, "url": ""}],
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, template, context, status=400 if wrong else 200)


@of_letter
def over_said(request: HttpRequest, letter: Letter, token: str, pk: int) -> HttpResponse:
    """What becomes of it now."""
    offer = Offer.objects.filter(pk=pk, pk__in=letter.asked.values("offer_id")).first()
    if offer is None:
        raise Http404
    announced = Ending.objects.filter(pk=pk).first()
    if announced is None and offer.state in CONFIRMABLE:
        return redirect("upkeep:over", token, pk)
    context = {"offer": offer, "announced": announced, "back": f"/angebote/pruefen/{token}/"}
    return render(request, "upkeep/ended.html", context)


@of_letter
def stop(request: HttpRequest, letter: Letter, token: str) -> HttpResponse:
    """Not responsible any more: no more reminders to this address."""
    if request.method == "POST" and pressed(request, ["abbestellen"]):
        Stopped.objects.get_or_create(address=letter.address)
        return render(request, "upkeep/stopped.html", {"address": masked(letter.address)})
    context = {"address": masked(letter.address), "back": f"/angebote/pruefen/{token}/"}
    return render(request, "upkeep/stop.html", context)
