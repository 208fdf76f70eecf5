"""Asking for a newsletter, confirming it, ending it. No account; the links in the mails are the keys.

No page here changes anything when it is merely opened: programs that scan mail open every link. And none of them uses
the CSRF cookie, for visitors get no cookie: the form carries a signed time instead, and whoever sends one of the others
holds the secret of its address.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.feedback import spam
from portal.newsletter import readers
from portal.newsletter.models import Admission, Newsletter, State
from portal.newsletter.signing_up import SubscribeForm
from portal.newsletter.tokens import manage_token, to_confirm, to_manage

METHODS = ("GET", "HEAD", "POST")


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an address. The answer is the same for every one."""
    newsletter = get_object_or_404(Newsletter.objects.offered(), slug=slug)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _may_pass(request, form, newsletter):
        readers.subscribe(newsletter, form.cleaned_data["email"], language=get_language() or "de", now=timezone.now())
        return redirect("newsletter:sent")
    context = {
        "newsletter": newsletter,
        "form": form,
        "token": form.token,
        "on_request": newsletter.admission == Admission.REQUEST,
        "crumbs": [
            {"label": _("Newsletter"), "url": "/newsletter/"},
            {"label": Spoken(newsletter.name), "url": newsletter.get_absolute_url()},
            {"label": _("Subscribe"), "url": ""},
        ],
    }
    return render(request, "newsletter/public/subscribe.html", context)


def _may_pass(request: HttpRequest, form: SubscribeForm, newsletter: Newsletter) -> bool:
    """Whether the counters let it pass; what is too much is said in the form."""
    email = form.cleaned_data["email"].lower()
    verdict = spam.judge(request, target=f"newsletter {email}", text=f"{email} newsletter {newsletter.pk}")
    if verdict == spam.Verdict.TOO_MANY:
        form.add_error(None, ValidationError(_("Too many requests came from your network. Please try later.")))
    return verdict != spam.Verdict.TOO_MANY


@require_safe
@allow(Role.VISITOR)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whatever address was given."""
    return render(request, "newsletter/public/sent.html")


def _unknown(request: HttpRequest) -> HttpResponse:
    """A link that is forged, too old, or whose reader has left: a page, and how to begin anew."""
    return render(request, "newsletter/public/unknown.html", status=404)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press of a button, then confirm."""
    reader = to_confirm(token)
    if reader is None:
        return _unknown(request)
    if request.method == "POST":
        readers.confirm(reader, now=timezone.now())
    elif reader.state == State.PENDING:
        return render(request, "newsletter/public/confirm.html", {"reader": reader, "newsletter": reader.newsletter})
    return redirect("newsletter:manage", manage_token(reader))


@never_cache
@require_safe
@allow(Role.VISITOR)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """How things stand, and the way to end it."""
    reader = to_manage(token)
    if reader is None or reader.state == State.PENDING:
        return _unknown(request)
    context = {"reader": reader, "newsletter": reader.newsletter, "token": token}
    return render(request, "newsletter/public/manage.html", context)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End it: by the button of the page, or by one press in a mail program (RFC 8058), which sends a POST without
    having opened the page. One that has ended already is thanked for all the same."""
    reader = to_manage(token)
    if request.method == "POST":
        if reader is not None:
            readers.end(reader, now=timezone.now())
        return render(request, "newsletter/public/ended.html")
    if reader is None:
        return _unknown(request)
    return render(request, "newsletter/public/unsubscribe.html", {"newsletter": reader.newsletter})
