"""Asking for a subscription, confirming it, changing and ending it. No account; the links in the mails are the keys.

No page of this room changes anything when it is merely opened: programs that scan mail open every link. And none of
them uses the CSRF cookie, for visitors get no cookie: the form to subscribe carries a signed time instead, and whoever
sends one of the others holds the secret of its address.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from portal.feedback import spam
from portal.subscriptions import searches, services
from portal.subscriptions.forms import FrequencyForm, SubscribeForm
from portal.subscriptions.letters import search_words
from portal.subscriptions.models import LONGEST_QUERY, State, Subscription
from portal.subscriptions.tokens import manage_token, to_confirm, to_manage

METHODS = ("GET", "HEAD", "POST")


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the search in words and ask for an address. The answer is the same for every address."""
    sent = request.POST if request.method == "POST" else None
    stored = searches.read(request.GET if sent is None else QueryDict(sent.get("search", "")[:LONGEST_QUERY]))
    form = SubscribeForm(sent, initial={"search": stored.query})
    if sent is not None and form.is_valid() and _may_pass(request, form, stored.query):
        services.subscribe(
            form.cleaned_data["email"],
            query=stored.query,
            frequency=form.cleaned_data["frequency"],
            language=get_language() or "de",
            now=timezone.now(),
        )
        return redirect("subscriptions:sent")
    context = {"form": form, "token": form.token, "stored": stored, "search_words": search_words(stored)}
    return render(request, "subscriptions/subscribe.html", context | _crumbs(stored, _("New results by e-mail")))


def _may_pass(request: HttpRequest, form: SubscribeForm, query: str) -> bool:
    """Whether the counters let it pass; what is too much is said in the form. A query too long for the table too."""
    if len(query) > LONGEST_QUERY:
        sentence = _("This search is too long to be kept. Please take a few conditions away.")
        form.add_error(None, ValidationError(sentence))
        return False
    email = form.cleaned_data["email"].lower()
    verdict = spam.judge(request, target=f"subscription {email}", text=f"{email} {query}")
    if verdict == spam.Verdict.TOO_MANY:
        form.add_error(None, ValidationError(_("Too many requests came from your network. Please try later.")))
    return verdict != spam.Verdict.TOO_MANY


def _crumbs(stored: searches.Stored, last: str) -> dict[str, Any]:
    return {
        "crumbs": [{"label": pgettext("what is searched", "Search"), "url": stored.address}, {"label": last, "url": ""}]
    }


@require_safe
@allow(Role.VISITOR)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whatever address was given."""
    return render(request, "subscriptions/sent.html")


def _unknown(request: HttpRequest) -> HttpResponse:
    """A link that is forged, too old, or whose subscription has ended: a page, and how to begin anew."""
    return render(request, "subscriptions/unknown.html", status=404)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press of a button, then confirm."""
    subscription = to_confirm(token)
    if subscription is None:
        return _unknown(request)
    if request.method == "POST":
        services.confirm(subscription, now=timezone.now())
    elif subscription.state == State.PENDING:
        return render(request, "subscriptions/confirm.html", _about(subscription))
    return redirect(f"/angebote/abo/{manage_token(subscription)}/")


def _about(subscription: Subscription) -> dict[str, Any]:
    stored = searches.read_row(subscription.query)
    return {"subscription": subscription, "stored": stored, "search_words": search_words(stored)}


def _change(request: HttpRequest, subscription: Subscription) -> bool:
    """Do what was pressed; False when that was nothing we know."""
    now = timezone.now()
    verbs: dict[str, Callable[[], None]] = {
        "pausieren": lambda: services.pause(subscription),
        "fortsetzen": lambda: services.resume(subscription, now=now),
        "verlaengern": lambda: services.prolong(subscription, now=now),
    }
    wish = request.POST.get("wunsch", "")
    form = FrequencyForm(request.POST)
    if wish == "rhythmus" and form.is_valid():
        services.change_frequency(subscription, form.cleaned_data["frequency"], now=now)
    elif wish in verbs:
        verbs[wish]()
    else:
        return False
    return True


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Everything about one subscription."""
    subscription = to_manage(token)
    if subscription is None or subscription.state == State.PENDING:
        return _unknown(request)
    if request.method == "POST" and _change(request, subscription):
        return redirect(f"{request.path}?gespeichert=1")
    form = FrequencyForm(initial={"frequency": subscription.frequency})
    context = {**_about(subscription), "form": form, "token": token, "saved": "gespeichert" in request.GET}
    return render(request, "subscriptions/manage.html", context)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End it: by the button of the page, or by one press in a mail program (RFC 8058), which sends a POST without
    having opened the page. One that has ended already is thanked for all the same."""
    subscription = to_manage(token)
    if request.method == "POST":
        if subscription is not None:
            services.end(subscription)
        return render(request, "subscriptions/ended.html")
    if subscription is None:
        return _unknown(request)
    return render(request, "subscriptions/unsubscribe.html", _about(subscription))
