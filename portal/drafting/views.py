"""The ways to a draft: give an address or a file, wait (or leave), see what was found, take it over."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.access import Role, allow
from core.numbers import whole_number
from portal.drafting import services
from portal.drafting.forms import FlyerForm, PageForm
from portal.drafting.groups import GROUPS
from portal.drafting.models import Reading, Source, State
from portal.drafting.wording import doubts_in_words, trouble_in_words, value_in_words
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.whose import whose


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def page(request: HttpRequest) -> HttpResponse:
    """From a web page."""
    form = PageForm(request.POST if request.method == "POST" else None, own=_own(request))
    if request.method == "POST" and form.is_valid():
        begun = _begun(form, lambda: services.begin_page(form.cleaned_data["address"], form.chosen, by=request.user))
        if begun is not None:
            return redirect("drafting:reading", begun.pk)
    return _asking(request, form, Source.PAGE)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def flyer(request: HttpRequest) -> HttpResponse:
    """From a flyer."""
    own = _own(request)
    form = FlyerForm(request.POST, request.FILES, own=own) if request.method == "POST" else FlyerForm(own=own)
    if request.method == "POST" and form.is_valid():
        name = str(form.cleaned_data["file"].name or "")
        begun = _begun(form, lambda: services.begin_flyer(form.content, name, form.chosen, by=request.user))
        if begun is not None:
            return redirect("drafting:reading", begun.pk)
    return _asking(request, form, Source.FLYER)


def _own(request: HttpRequest) -> "QuerySet[Provider]":
    """The organisations somebody writes for; the door let no visitor in."""
    return Provider.objects.kept_by(cast("User", request.user))


def _begun(form: Any, begin: Any) -> Reading | None:
    try:
        found: Reading = begin()
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return found


def _asking(request: HttpRequest, form: Any, source: Source) -> HttpResponse:
    title = _("From a web page") if source == Source.PAGE else _("From a flyer")
    context = {"form": form, "source": source.value, "title": title, "crumbs": _trail(title)}
    return render(request, "drafting/ask.html", context | whose(list(_own(request))))


def _trail(title: str) -> list[dict[str, str]]:
    return [
        {"label": _("My account"), "url": "/konto/"},
        {"label": str(Preferences.current().offers_name), "url": reverse("authoring:list")},
        {"label": _("New offer"), "url": reverse("authoring:new")},
        {"label": title, "url": ""},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what was found, and a draft of it."""
    found = get_object_or_404(Reading.objects.visible_to(request.user).select_related("provider", "offer"), pk=pk)
    if request.method == "POST":
        return _taken(request, found)
    if found.offer is not None and found.state == State.DONE:
        return redirect("authoring:offer", found.offer.pk)
    trouble = "stuck" if found.is_stuck else found.trouble
    title = _("Being read") if found.is_under_way else _("We could not read it") if trouble else _("What we found")
    context = {
        "reading": found,
        "title": title,
        "trouble": trouble_in_words(trouble) if trouble else "",
        "choices": [_choice(each, number) for number, each in enumerate(found.found)],
        "shown": range(found.shown),
        "again": reverse("drafting:page" if found.source == Source.PAGE else "drafting:flyer"),
        "few": found.pages if found.pages > found.read else 0,
        "crumbs": _trail(title),
        "organisation": found.provider.name,
    }
    return render(request, "drafting/reading.html", context)


def _choice(proposed: list[dict[str, Any]], number: int) -> dict[str, Any]:
    values = [
        {
            "label": GROUPS[each["key"]].label,
            "text": value_in_words(each["key"], each["content"]),
            "certain": each["certain"],
            "doubts": doubts_in_words(each["doubts"]),
            "said": each["said"],
        }
        for each in proposed
        if each["key"] in GROUPS
    ]
    title = next((each["content"].get("title", "") for each in proposed if each["key"] == "title"), "")
    return {"number": number, "title": title, "values": values, "unsure": sum(not each["certain"] for each in values)}


def _taken(request: HttpRequest, found: Reading) -> HttpResponse:
    chosen = whole_number(request.POST.get("wahl", "0"))
    try:
        offer = services.take_over(found, -1 if chosen is None else chosen, by=request.user)
    except LookupError:
        return redirect("drafting:reading", found.pk)
    return redirect("authoring:was", offer.pk)


@require_safe
@allow(Role.PROVIDER, Role.EDITOR, Role.ADMIN)
def sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the flyer as a picture, for those who write the offer."""
    found = get_object_or_404(Reading.objects.seen_by(request.user), pk=pk)
    if number >= found.shown:
        raise Http404
    try:
        content = services.page_of(found, number)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
