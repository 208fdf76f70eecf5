"""Alerts: what is disturbed now, who is told and whether it arrives, webhooks, and trying it out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from courier.delivering import explain
from health.forms import HookForm
from health.limits import BY_KEY
from health.models import Alert, AlertHook
from health.telling import hooks, people
from health.views.common import page

PER_PAGE = 50
LAST = 20


def _trail(*more: str) -> list[tuple[str, str]]:
    return [(_("Alerts"), reverse("health:alerts") if more else ""), *((each, "") for each in more)]


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """What was told, to whom it goes, and where it does not arrive."""
    told = Alert.objects.filter(cause__in=BY_KEY, told_at__isnull=False).order_by("-is_open", "-told_at")[:LAST]
    context = {
        "told": [{"it": each, "cause": BY_KEY[each.cause]} for each in told],
        "measured": Alert.objects.aggregate(at=Max("measured_at"))["at"],
        "recipients": people.recipients(),
        "hooks": AlertHook.objects.all(),
    }
    return page(request, "health/alerts.html", context, crumbs=_trail())


@require_POST
@allow(Role.OPERATOR)
def try_out(request: HttpRequest) -> HttpResponse:
    """Send everybody an alert that says it is none."""
    mails, programs = people.try_out(who=str(request.user))
    said = ngettext("%(number)d mail", "%(number)d mails", mails) % {"number": mails}
    more = ngettext("%(number)d webhook", "%(number)d webhooks", programs) % {"number": programs}
    text = _("A test is on its way: %(mails)s, %(hooks)s. Whether it arrives stands below in a moment.")
    messages.success(request, text % {"mails": said, "hooks": more})
    return redirect("health:alerts")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def add_hook(request: HttpRequest) -> HttpResponse:
    """A new webhook."""
    form = HookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hook = hooks.save(form.instance, by=request.user)
        messages.success(request, _("Added. Below stands the key with which its messages are signed."))
        return redirect("health:hook", hook.pk)
    return _hook_page(request, {"form": form}, _("New webhook"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with its key and what became of its messages."""
    kept = get_object_or_404(AlertHook, pk=pk)
    changed = get_object_or_404(AlertHook, pk=pk)
    form = HookForm(request.POST if request.method == "POST" else None, instance=changed)
    if form.is_valid():
        hooks.save(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("health:hook", pk)
    shown = Paginator(kept.deliveries.all(), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [{"it": each, "became": explain(each)} for each in shown]
    return _hook_page(request, {"form": form, "hook": kept, "page": shown, "rows": rows}, kept.url)


def _hook_page(request: HttpRequest, context: dict[str, Any], crumb: str) -> HttpResponse:
    answer = page(request, "health/hook.html", context, crumbs=_trail(crumb))
    answer.status_code = 400 if context["form"].errors else 200
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def delete_hook(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it away."""
    kept = get_object_or_404(AlertHook, pk=pk)
    if request.method == "POST":
        hooks.delete(kept, by=request.user)
        messages.success(request, _("The webhook is gone."))
        return redirect("health:alerts")
    return page(request, "health/delete_hook.html", {"hook": kept}, crumbs=_trail(_("Delete")))
