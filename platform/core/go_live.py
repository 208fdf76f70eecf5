"""What a portal needs before it goes live: a registry, filled by the rooms when the process starts.

`/redaktion/start-check/` shows all checks in their order and leads an editor alone from an empty portal to a complete
one. A room registers what it knows of:

    register(Check("impressum", 30, _("Imprint"), _("The law wants it …"), "/redaktion/rechtliches/impressum/", ask))

`ask()` looks (in a few bounded statements, inside the municipality) and says what it found; None where the check does
not concern this municipality. A check whose page is not there is not shown, so none leads nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve

from core.task_cards import Words


@dataclass(frozen=True, slots=True)
class Found:
    """What a check saw: whether it is done, in one sentence; `url` where it is mended, if not at the check's own."""

    done: bool
    said: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a portal needs. `must`: without it the portal should not go live; else it is better with it.

    `order` is the order in which it makes sense to do things: what others build on comes first. `verb` is the button.
    """

    key: str
    order: int
    label: Words
    why: Words
    url: str
    ask: Callable[[], Found | None]
    must: bool = True
    verb: Words = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A check with what it saw just now."""

    check: Check
    found: Found

    @property
    def done(self) -> bool:
        return self.found.done

    @property
    def url(self) -> str:
        return self.found.url or self.check.url


_checks: list[Check] = []


def register(*checks: Check) -> None:
    """Add checks. Called once each, when the room's app is ready."""
    for check in checks:
        if any(each.key == check.key for each in _checks):
            raise ValueError(f"There is a check {check.key} already.")
        _checks.append(check)
    _checks.sort(key=lambda each: each.order)


def _is_there(url: str) -> bool:
    try:
        # The pages are the municipality's, also where a job or the operator looks.
        resolve(url.partition("?")[0].partition("#")[0], settings.ROOT_URLCONF)
    except Resolver404:
        return False
    return True


def look() -> list[Result]:
    """All checks whose page is there, in order, each with what it sees now."""
    asked = ((check, check.ask()) for check in _checks if _is_there(check.url))
    return [Result(check, found) for check, found in asked if found is not None]
