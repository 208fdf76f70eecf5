"""`/healthz` (the process lives) and `/readyz` (it can serve), before any host is looked at: probes use IP numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import clock


@dataclass(frozen=True)
class _Check:
    works: Callable[[], bool]
    asks_database: bool


_checks: dict[str, _Check] = {}
_figures: dict[str, Callable[[], dict[str, Any]]] = {}


def register_check(name: str, check: Callable[[], bool], *, asks_database: bool = True) -> None:
    """Add a part to `/readyz`; the callable says whether that part works and may raise DatabaseError.

    What asks the database is not called while that is away: each would wait for a connection as long as the first.
    """
    _checks[name] = _Check(check, asks_database)


def register_figures(name: str, figures: Callable[[], dict[str, Any]]) -> None:
    """Add numbers to `/readyz` that inform and decide nothing; they must not ask the database."""
    _figures[name] = figures


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _parts() -> dict[str, bool]:
    database = _works(_database)
    others = {name: (database or not check.asks_database) and _works(check.works) for name, check in _checks.items()}
    return {"database": database, **others}


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
