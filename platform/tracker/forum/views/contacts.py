"""Contact persons: the list, and being one oneself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import allow
from tracker.forum.forms import ContactForm
from tracker.forum.models import Contact
from tracker.forum.services import agreeing
from tracker.forum.views.around import TALKING, page
from tracker.tickets.participating import viewer_of


@require_safe
@allow(*TALKING)
def contacts(request: HttpRequest) -> HttpResponse:
    """All who agreed, by municipality."""
    viewer = viewer_of(request)
    rows = list(Contact.objects.select_related("participant").defer("search"))
    for each in rows:
        each.removable = agreeing.may_withdraw(each, viewer)  # type: ignore[attr-defined]  # for the template
    own = agreeing.own_contact(viewer)
    return page(request, "forum/contacts.html", (_("Contact persons"), ""), contacts=rows, own=own)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def own(request: HttpRequest) -> HttpResponse:
    """Be one, or change what others read."""
    viewer = viewer_of(request)
    if viewer.participant is None:
        raise PermissionDenied
    known = agreeing.own_contact(viewer) or Contact()
    form = ContactForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST" and form.is_valid():
        agreeing.agree(form.instance, by=viewer)
        messages.success(request, _("Editors of other municipalities find you here now."))
        return redirect("forum:contacts")
    trail = ((_("Contact persons"), reverse("forum:contacts")), (_("Be a contact person"), ""))
    return page(request, "forum/contact_form.html", *trail, form=form)


@require_POST
@allow(*TALKING)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Not any more."""
    agreeing.withdraw(get_object_or_404(Contact, pk=pk), by=viewer_of(request))
    messages.success(request, _("The contact is deleted."))
    return redirect("forum:contacts")
