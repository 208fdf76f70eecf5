"""`/konto/daten/`: everything a portal keeps about somebody, to look at and to take along, and the way out."""

import json
from datetime import date, datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.administering import LastAdministratorError, is_last_administrator, keep_an_administrator
from accounts.models import User
from audit.services import record
from core.access import Role, allow
from core.gates import open_before
from core.own_data import everything_about, readable_about, release, when_leaving


def _person(request: HttpRequest) -> User:
    return User.objects.get(email=request.user.get_username())


@require_safe
@never_cache
@open_before("terms")
@allow(Role.SIGNED_IN)
def own_data(request: HttpRequest) -> HttpResponse:
    """Read it."""
    person = _person(request)
    parts = readable_about(person, request)
    context = {
        "kept": [
            {"key": part.key, "label": part.label, "rows": [_readable(row) for row in rows]}
            for part, rows in parts if rows
        ],
        "missing": [part.label for part, rows in parts if not rows],
    }  # fmt: skip
    return render(request, "accounts/own_data.html", context)


@require_safe
@never_cache
@open_before("terms")
@allow(Role.SIGNED_IN)
@reauthentication_required(app="accounts")
def own_data_file(request: HttpRequest) -> HttpResponse:
    """Take it along, as JSON."""
    person = _person(request)
    told = {part.key: [_plain(row) for row in rows] for part, rows in everything_about(person, request)}
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_before("terms")
@allow(Role.SIGNED_IN)
@reauthentication_required(app="accounts")
def leave(request: HttpRequest) -> HttpResponse:
    """Delete one's account, after reading what that means. Asks for the password (or second factor) first."""
    person = _person(request)
    if request.method == "POST" and request.POST.get("adresse", "").strip().lower() == person.email:
        try:
            delete_account(person, request)
        except LastAdministratorError as error:
            messages.error(request, str(error))
            return redirect("accounts:leave")
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("/")
    wrong = request.method == "POST"
    context = {
        "sentences": when_leaving(person, request),
        "wrong": wrong,
        "alone": getattr(request, "municipality", None) is not None and is_last_administrator(person),
    }
    return render(request, "accounts/leave.html", context)


@transaction.atomic
def delete_account(person: User, request: HttpRequest) -> None:
    """Let every room hand over what it must, note it and delete the account with all that is the person's alone.

    Raises LastAdministratorError for whoever alone administers a municipality.
    """
    keep_an_administrator(person)
    release(person, request)
    record("account.delete", person, by=person)
    person.delete()


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _readable(row: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(name), _words(value)) for name, value in row.items()]


def _words(value: Any) -> Any:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
