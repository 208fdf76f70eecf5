"""What a municipality demands of those who sign in. The room that keeps its rules (portal.preferences) says it here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from core.access import Role


@dataclass(frozen=True, slots=True)
class Rules:
    """Who needs a second factor, and which version of the terms of use counts (0: nobody is asked)."""

    second_factor_for: frozenset[str]
    terms_version: int = 0
    terms_note: str = ""


_STRICT = Rules(frozenset({Role.EDITOR, Role.ADMIN, Role.OPERATOR}))
_source: list[Callable[[], Rules]] = []


def said_by(source: Callable[[], Rules]) -> None:
    """Let `source()` say the rules of the municipality we are inside. Called once, when the room's app is ready."""
    _source[:] = [source]


def rules_of(request: HttpRequest) -> Rules:
    """The rules that hold on the host of this request, asked once; the operator's side has the installation's."""
    known: Rules | None = getattr(request, "account_rules", None)
    if known is None:
        known = request.account_rules = _asked(request)  # type: ignore[attr-defined]  # ours, for this request
    return known


def _asked(request: HttpRequest) -> Rules:
    if getattr(request, "municipality", None) is None:
        return _STRICT if settings.SECOND_FACTOR_FOR_OPERATORS else Rules(frozenset())
    return _source[0]() if _source else _STRICT
