"""Sending an issue: who gets it and when, before anything happens; holding it, going on, leaving it at that."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Permission, allow
from portal.newsletter import sending, tasks
from portal.newsletter.forms import SendForm
from portal.newsletter.models import Issue, Mailing
from portal.newsletter.views.frame import within


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the button that lets it happen."""
    found = get_object_or_404(Issue.objects.select_related("newsletter", "mailing"), pk=pk)
    if hasattr(found, "mailing"):
        return redirect("newsletter:issue", pk)
    now = timezone.now()
    form = SendForm(request.POST if request.method == "POST" else None, now=now, initial={"version": found.version})
    if request.method == "POST" and form.is_valid() and _planned(request, found, form):
        return redirect("newsletter:issue", pk)
    context = {
        "issue": found,
        "form": form,
        "getting": sending.readers_of(found).count(),
        "unreachable": found.newsletter.readers.filter(state="active").count() - sending.readers_of(found).count(),
        "offers": found.items.filter(chosen=True).count(),
        "crumbs": within(found.newsletter, (_("Send the issue"), "")),
    }
    return render(request, "newsletter/send.html", context, status=400 if form.errors else 200)


def _planned(request: HttpRequest, found: Issue, form: SendForm) -> bool:
    try:
        mailing = sending.plan(found, at=form.moment, by=request.user, version=form.cleaned_data["version"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if form.cleaned_data["when"] == "jetzt":
        tasks.begin_mailing.defer_once(about=mailing.pk, mailing=mailing.pk)
        messages.success(request, _("It is on its way. You can close the page: it goes on in the background."))
    else:
        # On the minute; what the queue loses is found by the look every five minutes.
        tasks.begin_mailing.defer_anew(at=mailing.starts_at, mailing=mailing.pk)
        messages.success(request, _("Planned. Until then you can take it back here."))
    return True


@require_POST
@allow(Permission.CONTENT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold, go on, leave it at that, take the plan back."""
    found = get_object_or_404(Issue.objects.select_related("newsletter", "mailing"), pk=pk)
    verbs: dict[str, Callable[[HttpRequest, Mailing], bool]] = {
        "anhalten": _hold,
        "fortsetzen": _go_on,
        "beenden": _end,
        "zurueck": _unplan,
    }
    verb = verbs.get(request.POST.get("tun", ""))
    if verb is None or not hasattr(found, "mailing") or not verb(request, found.mailing):
        messages.info(request, _("Nothing was done: somebody was faster, or it is over already."))
    return redirect("newsletter:issue", pk)


def _hold(request: HttpRequest, mailing: Mailing) -> bool:
    number = sending.hold(mailing, by=request.user)
    if number is None:
        return False
    sentence = ngettext(
        "Held. %(number)d mail that was not on its way yet was taken back.",
        "Held. %(number)d mails that were not on their way yet were taken back.",
        number,
    )
    messages.success(request, sentence % {"number": number})
    return True


def _go_on(request: HttpRequest, mailing: Mailing) -> bool:
    done = sending.go_on(mailing, by=request.user)
    if done:
        tasks.write_part.defer_once(about=mailing.pk, mailing=mailing.pk)
        messages.success(request, _("It goes on. Whoever has the issue gets no second one."))
    return done


def _end(request: HttpRequest, mailing: Mailing) -> bool:
    done = sending.end(mailing, by=request.user, now=timezone.now())
    if done:
        messages.success(request, _("It stays at what was sent."))
    return done


def _unplan(request: HttpRequest, mailing: Mailing) -> bool:
    done = sending.unplan(mailing, by=request.user)
    if done:
        messages.success(request, _("Taken back. The issue is a draft again."))
    return done
