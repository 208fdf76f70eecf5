"""What happened to keep an offer current, for its people: checks by the audit log, reminders by their letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry
from portal.offers.editing import Confirmed
from portal.offers.models import Offer
from portal.upkeep.models import Asked, Letter
from portal.upkeep.people import masked

MOST = 100
ACTIONS = ("confirm", "upkeep.noted", "upkeep.hidden", "upkeep.ends")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    at: datetime
    what: str
    who: str = ""
    icon: str = "check"


def of(offer: Offer) -> list[Line]:
    """The newest first; a fixed number of statements."""
    entries = list(
        Entry.objects.filter(target_type="offers.offer", target_id=str(offer.pk), action__in=ACTIONS).order_by("-pk")[
            :MOST
        ]
    )
    people = User.objects.in_bulk({each.actor_id for each in entries if each.actor_id})
    asked = Asked.objects.filter(offer_id=offer.pk).select_related("letter").order_by("-letter__written_at", "-pk")
    lines = [*(_said(each, people) for each in entries), *(_asked(each.letter) for each in asked[:MOST])]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _said(entry: Entry, people: dict[int, User]) -> Line:
    words = {
        "upkeep.noted": (_("The page says since then that nobody has checked it."), "clock"),
        "upkeep.hidden": (_("Hidden: nobody had answered the reminders."), "warning"),
        "upkeep.ends": (_("Somebody said from when on it is no more."), "calendar"),
    }
    if entry.action in words:
        return Line(entry.at, words[entry.action][0], icon=words[entry.action][1])
    person = people.get(entry.actor_id or 0)
    return Line(entry.at, how(entry.changes), str(person) if person else str(entry.changes.get("address", "")))


def how(changes: dict[str, Any]) -> str:
    """In which way somebody said that everything is right."""
    return {
        Confirmed.LINK.value: _("Confirmed by the link of a reminder"),
        Confirmed.EDITOR.value: _("Checked by the editorial team"),
    }.get(str(changes.get("how", "")), _("Confirmed after signing in"))


def _asked(letter: Letter) -> Line:
    who = masked(letter.address)
    if letter.failed_at:
        return Line(letter.written_at, _("A reminder could not be delivered"), who, "warning")
    return Line(
        letter.written_at, _("Reminder sent") if letter.delivered_at else _("Reminder is on its way"), who, "mail"
    )
