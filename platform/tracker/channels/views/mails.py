"""What somebody wants to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from tracker.channels.forms import SubscriptionForm
from tracker.channels.models import Subscription
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SIGNED_IN)
def subscription(request: HttpRequest) -> HttpResponse:
    """Of which tickets, and how often."""
    viewer = viewer_of(request)
    number = int(request.user.pk or 0)
    rows = Subscription.objects.filter(person=number)
    rows = rows.filter(participant=viewer.participant) if viewer.participant else rows.filter(participant__isnull=True)
    row = rows.first() or Subscription(participant=viewer.participant, person=number)
    form = SubscriptionForm(request.POST if request.method == "POST" else None, instance=row, viewer=viewer)
    if form.is_valid():
        # Two tabs at once: the later one counts.
        Subscription.objects.update_or_create(participant=viewer.participant, person=number, defaults=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("channels:subscription")
    crumbs = [(_("Mails about tickets"), "")]
    status = 400 if form.errors else 200
    tab = "channels:subscription"
    return page(request, "channels/subscription.html", {"form": form}, tab=tab, crumbs=crumbs, status=status)
