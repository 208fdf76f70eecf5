"""`/redaktion/webhooks/`: who is told what, and what became of the messages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from courier.delivering import explain
from portal.webhooks import services
from portal.webhooks.forms import HookForm
from portal.webhooks.models import Hook

HERE = "/redaktion/webhooks/"
_PER_PAGE = 50


def _crumbs(*last: str) -> list[dict[str, str]]:
    here = [{"label": _("Webhooks"), "url": HERE if last else ""}]
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, *here, *({"label": each, "url": ""} for each in last)]


def _secret(request: HttpRequest, hook: Hook, secret: str) -> HttpResponse:
    """The one answer in which the key stands."""
    answer = render(request, "webhooks/secret.html", {"hook": hook, "secret": secret, "crumbs": _crumbs(hook.url)})
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@allow(Permission.PROGRAMS)
def show(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "webhooks/list.html", {"hooks": Hook.objects.all(), "crumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROGRAMS)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    form = HookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _secret(request, form.instance, services.save(form.instance, by=request.user))
    context = {"form": form, "crumbs": _crumbs(_("New webhook"))}
    return render(request, "webhooks/add.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROGRAMS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and what became of its messages."""
    hook = get_object_or_404(Hook, pk=pk)
    form = HookForm(request.POST if request.method == "POST" else None, instance=hook)
    if form.is_valid():
        services.save(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("webhooks:edit", pk)
    kept = Hook.objects.get(pk=pk)
    page = Paginator(kept.deliveries.all(), _PER_PAGE).get_page(request.GET.get("seite"))
    context: dict[str, Any] = {
        "form": form,
        "hook": kept,
        "page": page,
        "rows": [{"message": each, "became": explain(each)} for each in page],
        "crumbs": _crumbs(kept.url),
    }
    return render(request, "webhooks/hook.html", context, status=400 if form.errors else 200)


@require_POST
@allow(Permission.PROGRAMS)
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that says nothing."""
    hook = get_object_or_404(Hook, pk=pk)
    if hook.active:
        services.try_out(hook)
        messages.success(request, _("A message to try it out is on its way. What became of it stands below."))
    else:
        messages.error(request, _("It is switched off."))
    return redirect("webhooks:edit", pk)


@require_POST
@allow(Permission.PROGRAMS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Another key, in the place of one that is lost or known to others."""
    hook = get_object_or_404(Hook, pk=pk)
    return _secret(request, hook, services.renew_secret(hook, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROGRAMS)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it away."""
    hook = get_object_or_404(Hook, pk=pk)
    if request.method != "POST":
        return render(request, "webhooks/delete.html", {"hook": hook, "crumbs": _crumbs(hook.url, _("Delete"))})
    services.delete(hook, by=request.user)
    messages.success(request, _("The webhook is gone."))
    return redirect("webhooks:list")


@require_POST
@allow(Permission.PROGRAMS)
def resend(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one message again."""
    hook = get_object_or_404(Hook, pk=pk)
    services.resend(get_object_or_404(hook.deliveries, pk=delivery), by=request.user)
    messages.success(request, _("The message is on its way again."))
    return redirect("webhooks:edit", pk)
