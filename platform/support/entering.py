"""In and out of a municipality, and whose request it is meanwhile.

The link carries a signed number for one visit and one of its entries; nothing is changed by opening it. Pressing the
button there uses it up, so that a copied link is worth nothing afterwards, and neither is a session that was opened
before. What a session keeps says nothing by itself: the visit's row is asked at each request.
"""

from typing import Any

from django.contrib import auth
from django.core import signing
from django.db.models import F
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from core.support import Visiting, note
from support import closing
from support.models import End, Visit
from tenants.refused import RefusedError
from tenants.running.changes import remembered
from tenants.running.context import current_schema, inside_public
from tenants.running.hosts import municipality_of
from tenants.urls import address_of

_SALT, _SESSION = "support.entering", "support"
LINK_SECONDS = 10 * 60


def link_to(visit: Visit) -> str:
    """The address its operator opens within ten minutes, once."""
    if not visit.is_running:
        raise RefusedError(_("This access is not open any more."))
    with inside_public():
        hosts = visit.municipality.domains.order_by("-is_primary", "domain")
        host = hosts.values_list("domain", flat=True).first()
    key = signing.dumps([visit.pk, visit.entries, visit.municipality.schema_name], salt=_SALT)
    return f"{address_of(str(host))}hilfe-zugang/{key}/"


def visit_of(key: str) -> Visit | None:
    """The visit a link leads to, here and now; None where it is too old, used, or of another municipality."""
    try:
        number, entries, schema_name = signing.loads(key, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    if schema_name != current_schema():
        return None
    with inside_public():
        found = Visit.objects.select_related("municipality").filter(pk=number).first()
        return found if closing.over(found, entries, timezone.now()) is None else None


def enter(request: HttpRequest, visit: Visit) -> bool:
    """Let this browser in, as nobody else; False where somebody was quicker with the same link."""
    with inside_public():
        rows = Visit.objects.running().filter(pk=visit.pk, entries=visit.entries)
        if not rows.update(entries=F("entries") + 1):
            return False
    auth.logout(request)
    request.session[_SESSION] = [visit.pk, visit.entries + 1]
    assert visit.ends_at is not None
    request.session.set_expiry(max(1, int((visit.ends_at - timezone.now()).total_seconds())))
    rotate_token(request)
    return True


def leave(request: HttpRequest, how: End = End.OPERATOR) -> bool:
    """Out again, and it is over; whether anybody was in."""
    kept = request.session.pop(_SESSION, None)
    if kept is None:
        return False
    number, entries = kept
    with inside_public():
        is_mine = Visit.objects.of(current_schema_of(request)).filter(pk=number, entries=entries).exists()
    if is_mine:
        closing.end(number, how)
    note(request, None)
    request.session.flush()
    return True


def find(request: HttpRequest) -> Any:
    """Whom the session is meant for: the visit's account with an editor's rights for this request, or None."""
    kept = request.session.get(_SESSION) if getattr(request, "municipality", None) is not None else None
    if kept is None:
        return None
    number, entries = kept
    with inside_public():
        visit = Visit.objects.of(current_schema_of(request)).select_related("municipality").filter(pk=number).first()
        how = closing.over(visit, entries, timezone.now())
    if how is None and visit is not None and visit.account is not None:
        user = User.objects.filter(pk=visit.account, is_support=True).first()
        if user is not None:
            note(request, visit.visiting)
            # For this request; the database would refuse to keep it.
            user.is_active, user.roles, user.name = True, [Role.EDITOR.value], visit.helper
            return user
    if visit is not None and how in (End.TIME, End.BARRED, End.CLOSED):
        closing.end(visit.pk, how)
    request.session.flush()
    request.visit_over = True  # type: ignore[attr-defined]  # ours, for this request
    return None


def current_schema_of(request: HttpRequest) -> str:
    """The schema of the municipality whose host was asked."""
    return municipality_of(request).schema_name


def here() -> list[Visiting]:
    """Who visits the municipality we are inside; remembered by the process until a visit changes."""
    known: dict[str, list[Visiting]] = remembered("support.running", _running, rooms=("support",), shared=True)
    return known.get(current_schema(), [])


def _running() -> dict[str, list[Visiting]]:
    found: dict[str, list[Visiting]] = {}
    for visit in Visit.objects.running().select_related("municipality"):
        found.setdefault(visit.municipality.schema_name, []).append(visit.visiting)
    return found
