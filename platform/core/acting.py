"""Somebody of the town hall acts for a provider for a while, to help: who that is, for whatever happens meanwhile.

`accounts.acting` begins and ends it and finds out at each request. What is noted (audit, revisions) asks here, so that
every deed names both people, whichever room it belongs to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Acting:
    """One stretch of help. `pk` is its row (accounts.models.ActingSession)."""

    pk: int
    helper_id: int
    helper_email: str
    helper_name: str
    person_id: int
    person_email: str
    person_name: str
    ends_at: datetime


_current: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def request_of_its_own() -> Iterator[None]:
    """Nobody acts for anybody until it is found out; and nothing of it outlives the request."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def note(request: HttpRequest, acting: Acting | None) -> None:
    """From here on in this request. None: it is over."""
    request.acting = acting  # type: ignore[attr-defined]  # ours, for this request
    _current.set(acting)


def acting_of(request: HttpRequest) -> Acting | None:
    """Who really sits before this request, where its user is somebody else; finds out if nobody did yet."""
    if not request.user.is_authenticated:
        return None
    found: Acting | None = getattr(request, "acting", None)
    return found


def acting_as(by: Any) -> Acting | None:
    """The help in whose course `by` does something now; None where they do it themselves."""
    current = _current.get()
    return current if current is not None and getattr(by, "pk", None) == current.person_id else None


def name_of(by: Any) -> str:
    """Who did something, as it is kept: “Miriam Weber als Ines Becker” while somebody helps."""
    current = acting_as(by)
    if current is None:
        return str(by or "")
    # What is kept is German, whatever language the page has.
    with translation.override("de"):
        return _("%(helper)s as %(person)s") % {"helper": current.helper_name, "person": current.person_name}
