"""The forms for everybody: write to a provider, report wrong information or a barrier, ask the editors.

They act with nobody's authority: there is no session behind them that another website could abuse, so they need no
CSRF token (hence `csrf_exempt`) and set no cookie. Whoever could make a visitor's browser send one of these forms
could as well send it themselves. What keeps machines out is in `portal.feedback.spam`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from portal.feedback import services, spam
from portal.feedback.forms import BarrierForm, ContactForm, OpenForm, QuestionForm, WrongForm, path_here
from portal.feedback.models import Kind
from portal.feedback.targets import Target, of_offer, of_provider
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider

METHODS = ("GET", "HEAD", "POST")
EDITORS = "editors"
Send = Callable[[dict[str, Any]], None]


def _offer(pk: int) -> Target:
    offer = get_object_or_404(Offer.objects.published().select_related("provider"), pk=pk)
    return of_offer(offer, Preferences.load())


def _provider(pk: int) -> Target:
    return of_provider(get_object_or_404(Provider.objects.public(), pk=pk), Preferences.load())


def _delivered(request: HttpRequest, form: OpenForm, *, target: str, send: Send) -> bool:
    """Whether a filled-in form was sent, by `send` with its values. Else the form says why not and keeps the text."""
    if request.method != "POST" or not form.is_valid():
        return False
    with transaction.atomic():
        verdict = spam.judge(request, target=target, text=form.cleaned_data["message"])
        if verdict == spam.Verdict.WELCOME:
            send(form.cleaned_data)
    if verdict == spam.Verdict.TOO_MANY:
        sentence = _("Too many messages came from your network. Your text is still here: try later, or call.")
        form.add_error(None, ValidationError(sentence))
    return verdict != spam.Verdict.TOO_MANY


def _page(request: HttpRequest, template: str, form: OpenForm | None, **context: Any) -> HttpResponse:
    token = form.token if form else ""
    response = render(request, f"feedback/{template}.html", {"form": form, "token": token, **context})
    if form:
        # The signed time belongs to one visitor: the page cache leaves such answers alone.
        response["Cache-Control"] = "private, no-cache"
    return response


def _crumbs(target: Target, last: str) -> list[dict[str, str]]:
    """The way back to what is written about."""
    return [
        {"label": target.list_name, "url": target.list_url},
        {"label": target.title, "url": target.url},
        {"label": last, "url": ""},
    ]


def _contact(request: HttpRequest, target: Target, slug: str) -> HttpResponse:
    if slug != target.slug and request.method != "POST":
        return redirect(f"{target.url}kontakt/", permanent=True)
    context = {"target": target, "crumbs": _crumbs(target, _("Write a message"))}
    if not target.email:
        return _page(request, "contact", None, **context)
    form = ContactForm(request.POST if request.method == "POST" else None)
    refused = False

    def send(values: dict[str, Any]) -> None:
        nonlocal refused
        copy = values.pop("copy")
        refused = copy and not spam.copy_allowed(request, address=values["email"], text=values["message"])
        services.pass_on(target, copy=copy and not refused, **values)

    if not _delivered(request, form, target=target.key, send=send):
        return _page(request, "contact", form, **context)
    return redirect(f"{target.url}kontakt/danke/{'?kopie=nein' if refused else ''}")


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def contact_offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Write to whoever offers this; their address is not shown."""
    return _contact(request, _offer(pk), slug)


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def contact_provider(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Write to a provider; their address is not shown."""
    return _contact(request, _provider(pk), slug)


def _wrong(request: HttpRequest, target: Target, slug: str) -> HttpResponse:
    if slug != target.slug and request.method != "POST":
        return redirect(f"{target.url}melden/", permanent=True)
    form = WrongForm(request.POST if request.method == "POST" else None)

    def send(values: dict[str, Any]) -> None:
        services.open_case(
            Kind.WRONG, topic=values["topic"], text=values["message"], email=values["email"], target=target
        )

    if not _delivered(request, form, target=f"wrong {target.key}", send=send):
        return _page(request, "wrong", form, target=target, crumbs=_crumbs(target, _("Report a mistake")))
    return redirect(f"{target.url}melden/danke/")


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def wrong_offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Something on an offer's page is not right."""
    return _wrong(request, _offer(pk), slug)


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def wrong_provider(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Something on a provider's page is not right."""
    return _wrong(request, _provider(pk), slug)


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def barrier(request: HttpRequest) -> HttpResponse:
    """Report a barrier: the feedback channel the law wants on every page. `?seite=` is the page one came from."""
    host = request.get_host()
    start = {"page": path_here(request.GET.get("seite", ""), host=host)}
    form = BarrierForm(request.POST if request.method == "POST" else None, initial=start, host=host)

    def send(values: dict[str, Any]) -> None:
        services.open_case(
            Kind.BARRIER, text=values["message"], page=values["page"], name=values["name"], email=values["email"]
        )

    if not _delivered(request, form, target=f"barrier {EDITORS}", send=send):
        name = _("Report a barrier")
        crumbs = [{"label": _("Accessibility"), "url": "/barrierefreiheit/"}, {"label": name, "url": ""}]
        return _page(request, "barrier", form, crumbs=crumbs)
    return redirect("/barrierefreiheit/melden/danke/")


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def question(request: HttpRequest) -> HttpResponse:
    """Ask the editors something; where they want no form, the page says how else to reach them."""
    crumbs = [{"label": _("Contact"), "url": "/kontakt/"}, {"label": _("Write a message"), "url": ""}]
    if not Preferences.current().contact_by_form:
        return _page(request, "question", None, crumbs=crumbs)
    form = QuestionForm(request.POST if request.method == "POST" else None)

    def send(values: dict[str, Any]) -> None:
        services.open_case(Kind.QUESTION, text=values["message"], name=values["name"], email=values["email"])

    if not _delivered(request, form, target=f"question {EDITORS}", send=send):
        return _page(request, "question", form, crumbs=crumbs)
    return redirect("/kontakt/schreiben/danke/")


@require_safe
@allow(Role.VISITOR)
def contact_sent(request: HttpRequest, thing: str, pk: int, slug: str) -> HttpResponse:
    """The message is on its way."""
    target = _offer(pk) if thing == "angebote" else _provider(pk)
    no_copy = request.GET.get("kopie") == "nein"
    return _page(request, "sent", None, what="contact", back=target.url, back_name=target.title, no_copy=no_copy)


@require_safe
@allow(Role.VISITOR)
def wrong_sent(request: HttpRequest, thing: str, pk: int, slug: str) -> HttpResponse:
    """The report has arrived."""
    target = _offer(pk) if thing == "angebote" else _provider(pk)
    return _page(request, "sent", None, what="wrong", back=target.url, back_name=target.title)


@require_safe
@allow(Role.VISITOR)
def barrier_sent(request: HttpRequest) -> HttpResponse:
    """The report has arrived."""
    return _page(request, "sent", None, what="barrier", back="/", back_name=_("To the start page"))


@require_safe
@allow(Role.VISITOR)
def question_sent(request: HttpRequest) -> HttpResponse:
    """The question has arrived."""
    return _page(request, "sent", None, what="question", back="/", back_name=_("To the start page"))
