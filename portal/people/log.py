"""Reading the audit log: who did what, in sentences, with a link to the thing. Two pages never cost a count.

One statement fetches a page by its index (the newest first, from a given entry on), one the people named in it, and one
for each kind of thing that has a page whether the thing is still there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.models import ROLE_NAMES, ActingSession, User
from audit.models import ACTING, AS, Entry
from core.access import Permission, may
from portal.feedback.models import Case
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.pages.models import Page
from portal.people.deeds import DEEDS, DETAILS, KINDS, TOPICS, UNWORDED
from portal.providers.models import Membership, Provider
from portal.providers.states import State as ProviderState

LONGEST, LONGEST_DETAIL, MOST_PEOPLE = 100, 200, 200
# What is about accounts: for administrators only.
PRIVATE = ("accounts.user", "accounts.identityprovider", "people.roleinvitation")
# Kinds of things with a page of their own behind the sign-in.
_PAGES: dict[str, tuple[type[Model], str]] = {
    "accounts.user": (User, "/redaktion/personen/%d/"),
    "providers.provider": (Provider, "/konto/anbieter/%d/"),
    "offers.offer": (Offer, "/konto/angebote/%d/"),
    "feedback.case": (Case, "/redaktion/meldungen/%d/"),
    "pages.page": (Page, "/redaktion/seiten/%d/"),
}
_WORDS: dict[Any, Any] = {
    **dict(ProviderState.choices),
    **dict(OfferState.choices),
    **{role.value: name for role, name in ROLE_NAMES.items()},
    **dict(Membership.Role.choices),
    **dict(ActingSession.End.choices),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody filters by, as far as it can be understood."""

    person: str = ""
    topic: str = ""
    kind: str = ""
    thing: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def values(self) -> dict[str, str]:
        """As it stands in the address."""
        found = {
            "person": self.person,
            "was": self.topic,
            "art": self.kind,
            "sache": self.thing,
            "von": self.since.isoformat() if self.since else "",
            "bis": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is shown."""

    pk: int
    at: datetime
    who: str
    sentence: str
    details: list[tuple[str, str]]
    url: str = ""
    kind: str = ""
    thing: str = ""
    course: int | None = field(default=None)


def understood(given: Mapping[str, Any]) -> Asked:
    """The filters of an address; what makes no sense is as if it were not there."""

    def text(name: str) -> str:
        return " ".join(str(given.get(name, "")).replace("\x00", " ").split())[:LONGEST]

    topic, kind = text("was"), text("art")
    return Asked(
        person=text("person"),
        topic=topic if any(each.value == topic for each in TOPICS) else "",
        kind=kind if kind in KINDS else "",
        thing=text("sache"),
        since=_day(text("von")),
        until=_day(text("bis")),
    )


def _day(written: str) -> date | None:
    try:
        found = parse_date(written)
    except ValueError:
        return None
    return found if found is not None and 2000 <= found.year <= 2200 else None


def readable_by(viewer: Any) -> QuerySet[Entry]:
    """The newest first; editors do not read what happened to accounts."""
    rows = Entry.objects.order_by("-id")
    return rows if may(viewer, Permission.ACCOUNTS) else rows.exclude(target_type__in=PRIVATE)


def entries(asked: Asked, *, by: Any) -> QuerySet[Entry]:
    """Those that fit."""
    rows = readable_by(by)
    if asked.person:
        rows = rows.filter(_done_by(asked.person))
    if asked.topic:
        rows = rows.filter(action__in=next(each for each in TOPICS if each.value == asked.topic).names())
    if asked.kind:
        rows = rows.filter(target_type=asked.kind)
    if asked.thing:
        rows = rows.filter(Q(target__icontains=asked.thing) | Q(target_id=asked.thing))
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _done_by(words: str) -> Q:
    """By somebody of this name or address, or in their name."""
    people = Q()
    for word in words.split():
        people &= Q(name__icontains=word) | Q(email__icontains=word)
    found = list(User.objects.filter(people).order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
    # Who has no account any more stands there by the address.
    return (
        Q(actor_id__in=found)
        | Q(actor__icontains=words)
        | Q(**{"changes__has_key": AS, f"changes__{AS}__0__in": found})
    )


def entries_about(person: User, *, by: Any) -> QuerySet[Entry]:
    """What somebody did, and (for administrators) what was done to their account."""
    own = Q(actor_id=person.pk)
    return readable_by(by).filter(own | Q(target_type="accounts.user", target_id=str(person.pk)))


def told(found: Iterable[Entry], *, links: bool = True) -> list[Told]:
    """Entries in sentences."""
    rows = list(found)
    ids = {row.actor_id for row in rows} | {_as(row)[0] for row in rows}
    names = {each.pk: str(each) for each in User.objects.filter(pk__in=[each for each in ids if each])}
    urls = _urls(rows) if links else {}
    return [_told(row, names, urls.get((row.target_type, row.target_id), "")) for row in rows]


def _as(row: Entry) -> tuple[int | None, str]:
    """In whose name it was done."""
    said = row.changes.get(AS) if isinstance(row.changes, dict) else None
    return (said[0], str(said[1])) if isinstance(said, list) and len(said) == 2 else (None, "")


def _told(row: Entry, names: dict[int, str], url: str) -> Told:
    who = names.get(row.actor_id or 0, row.actor)
    pk, email = _as(row)
    if email:
        who = _("%(helper)s as %(person)s") % {"helper": who, "person": names.get(pk or 0, email)}
    template = DEEDS.get(row.action, UNWORDED)
    sentence = str(template) % {"who": who, "thing": row.target or "–", "action": row.action}
    course = row.changes.get(ACTING) if isinstance(row.changes, dict) else None
    return Told(
        pk=row.pk,
        at=row.at,
        who=who,
        sentence=sentence,
        details=_details(row.changes),
        url=url,
        kind=str(KINDS.get(row.target_type, row.target_type)),
        thing=row.target,
        course=course if isinstance(course, int) else None,
    )


def _details(changes: Any) -> list[tuple[str, str]]:
    if not isinstance(changes, dict):
        return []
    return [(str(DETAILS[name]), _said(value)[:LONGEST_DETAIL]) for name, value in changes.items() if name in DETAILS]


def _said(value: Any) -> str:
    """A value, or what it was and what it is."""
    if isinstance(value, list) and len(value) == 2:
        old, new = (_word(each) for each in value)
        return f"{old} → {new}" if value[0] not in (None, "", []) else new
    return _word(value)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_word(each) for each in value) or "–"
    if value is None or value == "":
        return "–"
    return str(_WORDS.get(value, value)) if isinstance(value, str) else str(value)


def _urls(rows: list[Entry]) -> dict[tuple[str, str], str]:
    """Where the things are that still have a page."""
    urls: dict[tuple[str, str], str] = {}
    for kind, (model, address) in _PAGES.items():
        wanted = {int(row.target_id) for row in rows if row.target_type == kind and row.target_id.isdecimal()}
        there = model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)
        urls |= {(kind, str(pk)): address % pk for pk in there}
    return urls
