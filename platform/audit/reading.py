"""Reading a log: who did what, in sentences, with a link to the thing. Two pages never cost a count.

The town hall and the operator read theirs alike; what differs, the words and where things are, is a `Book`. One
statement fetches a page by its index (the newest first, from a given entry on), one the people named in it, and one for
each kind of thing that has a page whether the thing is still there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from audit.models import ACTING, AS, Entry
from core.numbers import whole_numbers

PER_PAGE = 50
LONGEST, LONGEST_DETAIL, MOST_PEOPLE = 100, 200, 200
_BATCH = 500
# What acts for nobody in particular has the name of a command or job; an address has none of that form.
_PROGRAM = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """What one filters by: actions that begin alike, or are named."""

    value: str
    label: Promise
    prefixes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    def of(self, deeds: Iterable[str]) -> list[str]:
        """Those of these actions that belong to it."""
        return [name for name in deeds if name.startswith(self.prefixes) or name in self.actions]


@dataclass(frozen=True, slots=True)
class Book:
    """The words of one side. `deeds`: a sentence an action; `unworded`: what is said of any other one, so that nothing
    is left out. `details`: what is shown of what an entry keeps beside, and nothing else is. `words`: values people
    know under a name. `pages`: kinds of things with a page of their own, by model and address. `programs`: what
    commands and jobs are called together; None: each by its own name."""

    deeds: Mapping[str, Promise]
    unworded: Promise
    topics: tuple[Topic, ...]
    kinds: Mapping[str, Promise]
    details: Mapping[str, Promise]
    words: Mapping[Any, Any]
    pages: Mapping[str, tuple[type[Model], str]]
    programs: Promise | None = None


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


def understood(given: Mapping[str, Any], book: Book) -> Asked:
    """The filters of an address; what makes no sense is as if it were not there."""

    def text(name: str) -> str:
        return " ".join(str(given.get(name, "")).replace("\x00", " ").split())[:LONGEST]

    topic, kind = text("was"), text("art")
    return Asked(
        person=text("person"),
        topic=topic if any(each.value == topic for each in book.topics) else "",
        kind=kind if kind in book.kinds else "",
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


def fitting(rows: QuerySet[Entry], asked: Asked, book: Book) -> QuerySet[Entry]:
    """Those of the rows that fit."""
    if asked.person:
        rows = rows.filter(_done_by(asked.person))
    if asked.topic:
        rows = rows.filter(action__in=next(each for each in book.topics if each.value == asked.topic).of(book.deeds))
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
    rows = get_user_model()._default_manager.filter(people)
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
    # Who has no account any more stands there by the address.
    return (
        Q(actor_id__in=found)
        | Q(actor__icontains=words)
        | Q(**{"changes__has_key": AS, f"changes__{AS}__0__in": found})
    )


def page_of(rows: QuerySet[Entry], asked: Asked, book: Book, *, before: str = "") -> dict[str, Any]:
    """What `audit/_log.html` draws: a page of the rows (the newest first), beginning after the entry `before`."""
    if before.isascii() and before.isdecimal() and len(before) <= 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    shown = told(found[:PER_PAGE], book)
    return {
        "asked": asked,
        "rows": shown,
        "query": urlencode(asked.values),
        "older": urlencode({**asked.values, "vor": shown[-1].pk}) if len(found) > PER_PAGE else "",
        "is_first": not before,
    }


def in_batches(rows: QuerySet[Entry]) -> Iterator[list[Entry]]:
    """All of the rows, the newest first, a part at a time: each is a statement of its own that begins where the last
    ended, so that nothing is held open while somebody reads slowly. A log only grows: no row is missed or doubled."""
    rows = rows.order_by("-pk")
    batch = list(rows[:_BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__lt=batch[-1].pk)[:_BATCH])


def told(found: Iterable[Entry], book: Book, *, links: bool = True) -> list[Told]:
    """Entries in sentences."""
    rows = list(found)
    ids = {row.actor_id for row in rows} | {_as(row)[0] for row in rows}
    people = get_user_model()._default_manager.filter(pk__in=[each for each in ids if each])
    names = {each.pk: str(each) for each in people}
    urls = _urls(rows, book) if links else {}
    return [_told(row, book, names, urls.get((row.target_type, row.target_id), "")) for row in rows]


def deeds_of(person: Any, book: Book) -> list[dict[str, Any]]:
    """What somebody did, for themselves to read (`core.own_data`): in sentences, with what was shown beside."""
    rows = told(Entry.objects.filter(actor_id=person.pk).order_by("pk"), book, links=False)
    return [
        {_("When"): each.at, _("What"): "; ".join([each.sentence, *(f"{name}: {said}" for name, said in each.details)])}
        for each in rows
    ]


def _as(row: Entry) -> tuple[int | None, str]:
    """In whose name it was done."""
    said = row.changes.get(AS) if isinstance(row.changes, dict) else None
    return (said[0], str(said[1])) if isinstance(said, list) and len(said) == 2 else (None, "")


def _told(row: Entry, book: Book, names: dict[int, str], url: str) -> Told:
    who = names.get(row.actor_id or 0) or _somebody(row.actor, book)
    pk, email = _as(row)
    if email:
        who = _("%(helper)s as %(person)s") % {"helper": who, "person": names.get(pk or 0, email)}
    template = book.deeds.get(row.action, book.unworded)
    sentence = str(template) % {"who": who, "thing": row.target or "–", "action": row.action}
    course = row.changes.get(ACTING) if isinstance(row.changes, dict) else None
    return Told(
        pk=row.pk,
        at=row.at,
        who=who,
        sentence=sentence,
        details=_details(row.changes, book),
        url=url,
        kind=str(book.kinds.get(row.target_type, row.target_type)),
        thing=row.target,
        course=course if isinstance(course, int) else None,
    )


def _somebody(actor: str, book: Book) -> str:
    """Who has no account, or none any more: an address, or a command or job."""
    return capfirst(str(book.programs)) if book.programs is not None and _PROGRAM.fullmatch(actor) else actor


def _details(changes: Any, book: Book) -> list[tuple[str, str]]:
    if not isinstance(changes, dict):
        return []
    shown = ((name, value) for name, value in changes.items() if name in book.details)
    return [(str(book.details[name]), _said(value, book)[:LONGEST_DETAIL]) for name, value in shown]


def _said(value: Any, book: Book) -> str:
    """A value, or what it was and what it is."""
    if isinstance(value, list) and len(value) == 2:
        old, new = (_word(each, book) for each in value)
        return f"{old} → {new}" if value[0] not in (None, "", []) else new
    return _word(value, book)


def _word(value: Any, book: Book) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_word(each, book) for each in value) or "–"
    if value is None or value == "":
        return "–"
    return str(book.words.get(value, value)) if isinstance(value, str) else str(value)


def _urls(rows: list[Entry], book: Book) -> dict[tuple[str, str], str]:
    """Where the things are that still have a page."""
    urls: dict[tuple[str, str], str] = {}
    for kind, (model, address) in book.pages.items():
        wanted = whole_numbers(row.target_id for row in rows if row.target_type == kind)
        if wanted:
            there = model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)
            urls |= {(kind, str(pk)): address % pk for pk in there}
    return urls
