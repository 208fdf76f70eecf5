"""Reminding: first who gets a mail and who does not, then one click; and the words of the mail."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from audit.services import record
from core.access import Role, allow
from mail.models import MailText
from mail.wording import word
from portal.quality.crumbs import crumbs
from portal.quality.models import REST_DAYS, Reason
from portal.quality.reminders.forms import WordingForm
from portal.quality.reminders.sending import PLACEHOLDERS, context_of, key_of, template_of
from portal.quality.reminders.starting import remind as send_all
from portal.quality.reminders.who import Addressee, WhyNot, addressees

NAMED = 60
_GERMAN = "de"


def _reason(value: str) -> Reason:
    try:
        return Reason(value)
    except ValueError:
        raise Http404 from None


def _only(request: HttpRequest) -> list[int] | None:
    """Some providers instead of all: `?anbieter=3`, as the list of links asks."""
    asked = request.GET.getlist("anbieter") + request.POST.getlist("anbieter")
    found = [int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 18]
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
        "subject": subject,
        "body": body,
        "crumbs": crumbs(_("Remind providers")),
    }


def _part(found: list[Addressee]) -> dict[str, Any]:
    return {"number": len(found), "named": found[:NAMED], "more": max(len(found) - NAMED, 0)}


def _preview(what: Reason, found: list[Addressee]) -> tuple[str, str]:
    if not found:
        return "", ""
    with translation.override(_GERMAN):
        return word(key_of(what), template_of(what), context_of(what, found[0].provider))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def wording(request: HttpRequest, reason: str) -> HttpResponse:
    """The words of the mail: the town's own, or the shipped ones again."""
    what = _reason(reason)
    own = MailText.objects.filter(key=key_of(what)).first()
    shipped = _shipped(what)
    form = WordingForm(
        request.POST if request.method == "POST" and "zurueck" not in request.POST else None,
        initial={"subject": own.subject, "body": own.body} if own else shipped,
    )
    if request.method == "POST" and ("zurueck" in request.POST or form.is_valid()):
        _save(request, what, None if "zurueck" in request.POST else form.cleaned_data)
        return redirect(reverse("quality:remind", args=[what.value]))
    context = {
        "form": form,
        "reason": what,
        "own": own,
        "placeholders": [f"{{{{ {name} }}}}" for name in PLACEHOLDERS],
        "crumbs": crumbs(_("Text of the reminder")),
    }
    return render(request, "quality/wording.html", context, status=400 if form.is_bound and form.errors else 200)


def _shipped(what: Reason) -> dict[str, str]:
    """The shipped text with its placeholders as they are."""
    names = {name: f"{{{{ {name} }}}}" for name in PLACEHOLDERS}
    with translation.override(_GERMAN):
        return {
            field: render_to_string(f"{template_of(what)}_{part}.txt", names).strip()
            for field, part in (("subject", "subject"), ("body", "message"))
        }


def _save(request: HttpRequest, what: Reason, typed: dict[str, Any] | None) -> None:
    with transaction.atomic():
        if typed is None:
            text = MailText.objects.filter(key=key_of(what)).first()
            if text is not None:
                record("mail_text.reset", text, by=request.user, changes={"subject": text.subject, "body": text.body})
                text.delete()
        else:
            text, _new = MailText.objects.update_or_create(key=key_of(what), defaults=typed)
            record("mail_text.change", text, by=request.user, changes=typed)
    messages.success(request, _("The text of the reminder is saved."))
