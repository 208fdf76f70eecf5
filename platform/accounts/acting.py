"""Signing in as a provider to help. The session stays the helper's own; only for whom a request is meant changes.

Why not django-hijack (version 3.7): it signs the helper in as the other person, so their last sign-in and their
list of devices tell a lie, a session that is copied is theirs, and it knows neither a reason, an end, what stays
closed, nor an audit that names both; allauth has nothing of the kind. Here the row says until when, and it is asked at
each request: nothing in a cookie can make it last.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import ActingSession, User
from audit.services import record
from core.access import Permission, Role, allowed_roles, helpers_may, may
from core.acting import Acting, note, request_of_its_own
from core.support import visitor_of

LASTS = timedelta(hours=1)
_SESSION = "acting"
_OF_PROVIDERS = frozenset({Role.VISITOR, Role.SIGNED_IN, Role.PROVIDER})
End = ActingSession.End


@transaction.atomic
def begin(helper: User, person: User, *, reason: str) -> ActingSession:
    """Note that somebody helps from now on, for an hour. Whom they helped before, they no longer do."""
    User.objects.select_for_update().get(pk=helper.pk)
    for row in ActingSession.objects.filter(helper=helper, ended_at=None).select_related("person"):
        finish(row, End.TIME if row.ends_at <= timezone.now() else End.NEXT)
    now = timezone.now()
    row = ActingSession.objects.create(
        helper=helper,
        helper_name=str(helper),
        person=person,
        reason=reason,
        started_at=now,
        ends_at=now + LASTS,
    )
    record("account.acting_began", person, by=helper, changes={"reason": reason, "acting": row.pk})
    return row


@transaction.atomic
def finish(row: ActingSession, how: ActingSession.End) -> None:
    """Note that it is over; twice is once."""
    ended_at = min(timezone.now(), row.ends_at)
    if ActingSession.objects.filter(pk=row.pk, ended_at=None).update(ended_at=ended_at, ended_by=how):
        helper = row.helper or row.helper_name
        record("account.acting_ended", row.person, by=helper, changes={"how": how.value, "acting": row.pk})


def finish_all_of(account: User) -> None:
    """End what somebody does as others, and what others do as them."""
    for row in ActingSession.objects.filter(ended_at=None).filter(helper=account).select_related("person", "helper"):
        finish(row, End.BARRED)
    for row in ActingSession.objects.filter(ended_at=None).filter(person=account).select_related("person", "helper"):
        finish(row, End.BARRED)


def enter(request: HttpRequest, row: ActingSession) -> None:
    """Let this browser act from its next request on."""
    request.session[_SESSION] = row.pk
    _renew(request)


def leave(request: HttpRequest, how: ActingSession.End = End.BUTTON) -> ActingSession | None:
    """Let this browser be the helper's own again; the help that ended, or None where there was none."""
    number = request.session.pop(_SESSION, None)
    if number is None:
        return None
    row = ActingSession.objects.select_related("person", "helper").filter(pk=number).first()
    if row is not None:
        finish(row, how)
    note(request, None)
    _renew(request)
    return row


def _renew(request: HttpRequest) -> None:
    """Another session key and another token for forms: a copied cookie is worth nothing any more, and a page that was
    opened as somebody else sends nothing (another tab)."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    rotate_token(request)


def _why_over(row: ActingSession | None, helper: User) -> ActingSession.End | None:
    """How it came to its end, or None while it lasts. Asked at each request."""
    if row is None or row.helper_id != helper.pk or row.ended_at is not None:
        return End.BARRED
    if row.ends_at <= timezone.now():
        return End.TIME
    person = row.person
    return None if person.is_active and not person.granted_roles and may(helper, Permission.HELP) else End.BARRED


def _whoever(request: HttpRequest) -> Any:
    """Whom this request is meant for: who signed in, the person they act as, or an operator who is let in to help."""
    visitor = visitor_of(request)
    if visitor is not None:
        return visitor
    signed_in: Any = get_user(request)
    number = request.session.get(_SESSION) if signed_in.is_authenticated else None
    if number is None:
        return signed_in
    row = ActingSession.objects.select_related("person").filter(pk=number).first()
    how = _why_over(row, signed_in)
    if how is None and row is not None:
        note(request, _told(row, signed_in))
        return row.person
    leave(request, how or End.BARRED)
    request.acting_over = how  # type: ignore[attr-defined]  # ours, for this request
    messages.warning(request, over_sentence(how))
    return signed_in


def over_sentence(how: ActingSession.End | None) -> str:
    """What somebody is told whose help has just ended."""
    if how == End.TIME:
        return _("The hour is over. You are yourself again; what you sent last was not carried out.")
    return _("You are yourself again: signing in as somebody else was ended. What you sent last was not carried out.")


def _told(row: ActingSession, helper: User) -> Acting:
    person = row.person
    return Acting(row.pk, helper.pk, helper.email, str(helper), person.pk, person.email, str(person), row.ends_at)


class ActingMiddleware:
    """Swaps the person of a request, closes what only they do themselves, and forgets all of it at the end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_of_its_own():
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                # As lazy as Django's: public pages do not look at the session.
                request.user = SimpleLazyObject(lambda: _whoever(request))  # type: ignore[assignment]  # lazy, as Django does
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        is_public = Role.VISITOR in allowed_roles(view)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or (is_public and helpers_may(view, request.method)):
            return None
        if not request.user.is_authenticated:
            return None
        if getattr(request, "acting_over", None) is not None and not is_public:
            return redirect("accounts:home")
        if getattr(request, "acting", None) is None or helpers_may(view, request.method):
            return None
        if not allowed_roles(view) & _OF_PROVIDERS:
            # Of the town hall: there is no such page for whom they act as (core.middleware).
            return None
        return render(request, "accounts/only_oneself.html", status=403)
