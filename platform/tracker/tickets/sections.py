"""What rooms above add to the page of a ticket.

    register(Section("stimmen", _("Our votes"), "voting/_section.html", context, order=30, aside=True))

`context(ticket, viewer)` gives what the template needs, or None where the section has no place on this page. The
template also knows `ticket` and `viewer` and makes the whole <section>, whose heading has the id `key`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.task_cards import Words
from tracker.tickets.models import Ticket, Viewer


@dataclass(frozen=True, slots=True)
class Section:
    """One part. `count(context)` is the number on its jump chip, “” for none."""

    key: str
    label: Words
    template: str
    context: Callable[[Ticket, Viewer], dict[str, Any] | None]
    order: int = 50
    aside: bool = False
    count: Callable[[dict[str, Any]], str] | None = None


# A line in the box “At a glance”: label and text, and where it leads (or “”).
Fact = tuple[Words, str, str]
_sections: list[Section] = []
_facts: list[Callable[[Ticket, Viewer], list[Fact]]] = []


def register(section: Section) -> None:
    """Add a part. Called once, when the room's app is ready."""
    if any(each.key == section.key for each in _sections):
        raise ValueError(f"There is a section {section.key} already.")
    _sections.append(section)
    _sections.sort(key=lambda each: each.order)


def register_facts(facts: Callable[[Ticket, Viewer], list[Fact]]) -> None:
    """Add lines to the box “At a glance”."""
    _facts.append(facts)


def sections_of(ticket: Ticket, viewer: Viewer) -> list[dict[str, Any]]:
    """The parts of this page, each with its template and context."""
    shown = []
    for each in _sections:
        context = each.context(ticket, viewer)
        if context is not None:
            number = each.count(context) if each.count else ""
            shown.append({"section": each, "context": context, "count": number})
    return shown


def facts_of(ticket: Ticket, viewer: Viewer) -> list[Fact]:
    """All lines, in the order of the rooms."""
    return [fact for facts in _facts for fact in facts(ticket, viewer)]
