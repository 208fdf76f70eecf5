"""`/healthz` (the process lives) and `/readyz` (it can serve), before any host is looked at: probes use IP numbers."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import clock

_checks: dict[str, Callable[[], bool]] = {}
# Parts that only the database can tell: without it they are not asked, or each would wait for it once more.
_by_database: set[str] = set()
_figures: dict[str, Callable[[], dict[str, Any]]] = {}


def register_check(name: str, check: Callable[[], bool], *, by_database: bool = False) -> None:
    """Add a part to `/readyz`; the callable says whether that part works and may raise DatabaseError. `by_database`: it
    cannot work without."""
    _checks[name] = check
    if by_database:
        _by_database.add(name)


def register_figures(name: str, figures: Callable[[], dict[str, Any]]) -> None:
    """Add numbers to `/readyz` that inform and decide nothing; they must not ask the database."""
    _figures[name] = figures


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


register_check("database", _database)


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _parts() -> dict[str, bool]:
    # The database stands first.
    parts: dict[str, bool] = {}
    for name, check in _checks.items():
        parts[name] = (parts.get("database", True) or name not in _by_database) and _works(check)
    return parts


class HealthMiddleware:
    """Answers the two probe paths on every host and leaves everything else alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            parts = _parts()
            ready = all(parts.values())
            answer: dict[str, Any] = {"status": "ok" if ready else "unavailable", **parts}
            answer["clock"] = clock.told() if parts["database"] else None
            answer |= {name: figures() for name, figures in _figures.items()}
            return JsonResponse(answer, status=200 if ready else 503)
        return self.get_response(request)
