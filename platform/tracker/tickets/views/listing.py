"""What our side reported, and how our municipality shows itself to the others."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.services import record
from core.access import Role, allow
from tracker.tickets import drafting
from tracker.tickets.forms import ParticipantForm
from tracker.tickets.participating import viewer_of
from tracker.tickets.reported import own
from tracker.tickets.showing import page

PER_PAGE = 25


@require_safe
@allow(Role.SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """The newest first; drafts stand above."""
    viewer = viewer_of(request)
    found = Paginator(own(viewer).select_related("reporter", "merged_into"), PER_PAGE).get_page(
        request.GET.get("seite")
    )
    heading = _("My reports") if viewer.is_provider else _("Our reports")
    context = {"rows": found, "drafts": list(drafting.drafts_of(viewer)), "heading": heading}
    return page(request, "tickets/mine.html", context, tab="tickets:mine", crumbs=[(heading, "")])


@require_http_methods(("GET", "HEAD", "POST"))
@allow(Role.EDITOR, Role.ADMIN)
def settings(request: HttpRequest) -> HttpResponse:
    """The name others see, and how many people live here."""
    viewer = viewer_of(request)
    if viewer.participant is None:
        raise Http404
    form = ParticipantForm(request.POST if request.method == "POST" else None, instance=viewer.participant)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        record("tickets.participant", saved, by=request.user)
        messages.success(request, _("Saved. Others see you as “%(name)s”.") % {"name": saved.shown_name})
        return redirect("tickets:settings")
    crumbs = [(_("Our reports"), reverse("tickets:mine")), (_("How others see us"), "")]
    context = {"form": form}
    status = 400 if form.errors else 200
    return page(request, "tickets/settings.html", context, tab="tickets:mine", crumbs=crumbs, status=status)
