"""What keeps an account safe, on one page: password, second factor, sessions; and the list of the latter."""

from typing import Any

from allauth.account import views as allauth
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.devices import device_of
from accounts.models import User
from accounts.second_factor import has_second_factor
from audit.services import record
from core.access import Role, allow


class SecurityView(allauth.PasswordChangeView):
    """The overview, with the form for a new password; who has none (the municipality's own service) is led to one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():  # type: ignore[union-attr]  # only those signed in come here
            return render(request, self.template_name, self.overview())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **self.overview()}

    def overview(self) -> dict[str, Any]:
        """What the page says besides the form."""
        return {
            "has_second_factor": has_second_factor(self.request.user),
            "sessions": sessions_of(self.request.user).count(),
        }


def sessions_of(user: Any) -> QuerySet[UserSession]:
    """The sessions of a person that have not ended, the newest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user_id=user.pk, session_key__in=alive).order_by("-created_at")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SIGNED_IN)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; one or all others can be ended."""
    own = list(sessions_of(request.user))
    if request.method == "POST":
        chosen = request.POST.get("sitzung", "")
        ended = end_chosen(request, [each for each in own if chosen in {"alle", str(each.pk)}])
        messages.success(request, _("Ended: %(number)s.") % {"number": ended})
        return redirect("usersessions_list")
    shown = [{"row": each, "device": device_of(each.user_agent), "current": each.is_current()} for each in own]
    return render(request, "account/sessions.html", {"sessions": shown, "others": len(own) > 1})


@transaction.atomic
def end_chosen(request: HttpRequest, chosen: list[UserSession]) -> int:
    """End these but the one that asks, and return how many that were."""
    others = [each for each in chosen if not each.is_current()]
    if others:
        end_sessions(request, others)
        record("account.sessions_ended", User.objects.get(email=request.user.get_username()), by=request.user)
    return len(others)
