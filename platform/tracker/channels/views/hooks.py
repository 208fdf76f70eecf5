"""Webhooks that leave: of a municipality on its host, of the operator on the operator's."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from tracker.channels import keeping
from tracker.channels.forms import HookForm
from tracker.channels.models import Hook
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

_TAB = "channels:hooks"
_PER_PAGE = 50


def _trail(request: HttpRequest, *more: str) -> list[tuple[str, str]]:
    here = "/betrieb/webhooks/" if viewer_of(request).is_operator else "/plattform/webhooks/"
    return [(_("Webhooks"), here if more else ""), *((each, "") for each in more)]


def _hook(request: HttpRequest, pk: int) -> Hook:
    return get_object_or_404(keeping.hooks_of(viewer_of(request)), pk=pk)


@require_safe
@allow(Role.ADMIN, Role.OPERATOR)
def show(request: HttpRequest) -> HttpResponse:
    """All of them."""
    context = {"hooks": keeping.hooks_of(viewer_of(request))}
    return page(request, "channels/hooks.html", context, tab=_TAB, crumbs=_trail(request))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN, Role.OPERATOR)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    viewer = viewer_of(request)
    form = HookForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if form.is_valid():
        hook = keeping.save(form.instance, by=viewer)
        messages.success(request, _("Added. Below stands the key with which its messages are signed."))
        return redirect("channels:hook", hook.pk)
    crumbs, status = _trail(request, _("New webhook")), 400 if form.errors else 200
    return page(request, "channels/hook_form.html", {"form": form}, tab=_TAB, crumbs=crumbs, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN, Role.OPERATOR)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with its key and what became of its messages."""
    viewer, hook = viewer_of(request), _hook(request, pk)
    form = HookForm(request.POST if request.method == "POST" else None, instance=hook, viewer=viewer)
    if form.is_valid():
        keeping.save(form.instance, by=viewer)
        messages.success(request, _("Saved."))
        return redirect("channels:hook", pk)
    kept = Hook.objects.get(pk=pk)
    log = kept.deliveries.select_related("event", "event__ticket")
    context = {"form": form, "hook": kept, "page": Paginator(log, _PER_PAGE).get_page(request.GET.get("seite"))}
    crumbs, status = _trail(request, kept.url), 400 if form.errors else 200
    return page(request, "channels/hook.html", context, tab=_TAB, crumbs=crumbs, status=status)


@require_POST
@allow(Role.ADMIN, Role.OPERATOR)
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that says nothing."""
    hook = _hook(request, pk)
    if hook.active:
        keeping.try_out(hook)
        messages.success(request, _("A message to try it out is on its way. What became of it stands below."))
    else:
        messages.error(request, _("It is switched off."))
    return redirect("channels:hook", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN, Role.OPERATOR)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it away."""
    hook = _hook(request, pk)
    if request.method == "POST":
        keeping.delete(hook, by=viewer_of(request))
        messages.success(request, _("The webhook is gone."))
        return redirect("channels:hooks")
    crumbs = _trail(request, _("Delete"))
    return page(request, "channels/delete_hook.html", {"hook": hook}, tab=_TAB, crumbs=crumbs)


@require_POST
@allow(Role.ADMIN, Role.OPERATOR)
def resend(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one message again."""
    hook = _hook(request, pk)
    keeping.resend(get_object_or_404(hook.deliveries, pk=delivery), by=viewer_of(request))
    messages.success(request, _("The message is on its way again."))
    return redirect("channels:hook", pk)
