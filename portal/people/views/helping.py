"""Signing in as a provider to help, ending that, and what a provider sees of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import acting
from accounts.models import ActingSession, User
from audit.models import Entry
from core.access import Permission, Role, allow, for_helpers
from portal.organisations.views.around import mistakes_of
from portal.people.forms import HelpForm
from portal.people.helping import ReasonError, is_just_a_provider, start
from portal.people.log import told
from portal.people.views.around import frame, person_of
from portal.providers.models import Membership

MOST_SHOWN, MOST_DEEDS = 50, 500
_FRAMING = ("account.acting_began", "account.acting_ended")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Permission.HELP)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, then act as them for an hour at most."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    if not is_just_a_provider(person):
        raise Http404
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = start(person_of(request), person, reason=form.cleaned_data["reason"])
        except ReasonError as error:
            form.add_error("reason", str(error))
        except PermissionDenied as denied:
            # Given a role, or closed, a moment ago.
            raise Http404 from denied
        else:
            acting.enter(request, row)
            return redirect("accounts:home")
    memberships = Membership.objects.of(person).select_related("provider").order_by("provider__name_key", "pk")
    context = frame(
        request,
        _("Sign in as a provider"),
        account=person,
        form=form,
        mistakes=mistakes_of(form) if form.is_bound else [],
        organisations=[each.provider.name for each in memberships],
    )
    return render(request, "people/help.html", context, status=400 if form.is_bound else 200)


@require_POST
@for_helpers
@allow(Role.SIGNED_IN)
def end(request: HttpRequest) -> HttpResponse:
    """Be oneself again. For whom it is over already nothing happens."""
    row = acting.leave(request)
    if row is None:
        return redirect("accounts:home")
    messages.success(request, _("You are yourself again."))
    return redirect("people:one", row.person_id)


@require_safe
@never_cache
@allow(Role.SIGNED_IN)
def accesses(request: HttpRequest) -> HttpResponse:
    """Who acted as this person, why, how long, and what they did."""
    rows = list(ActingSession.objects.filter(person=person_of(request))[:MOST_SHOWN])
    entries = Entry.objects.in_the_course_of(*(row.pk for row in rows)).exclude(action__in=_FRAMING)
    deeds = told(entries.order_by("-id")[:MOST_DEEDS], links=False)
    shown = [{"row": row, "deeds": [each for each in deeds if each.course == row.pk]} for row in rows]
    return render(request, "people/accesses.html", {"rows": shown})
