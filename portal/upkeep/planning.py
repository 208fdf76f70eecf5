"""Who is to be written to tonight, about what: everything for one person in one letter, and not twice in a week."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.upkeep.asking import Course, to_ask, to_warn, unchecked
from portal.upkeep.models import Letter
from portal.upkeep.people import Person, narrowed, responsible


@dataclass(slots=True)
class Wanted:
    """What somebody is to be asked: offers by their numbers, and of which organisations."""

    person: Person
    check: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    providers: set[int] = field(default_factory=set)


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else in this municipality decides who gets a reminder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('upkeep letters'))")


def tonight(*, now: datetime | None = None) -> dict[str, Wanted]:
    """Everybody who is to be written to, by address; nobody who was within the week. A fixed number of statements."""
    moment = now or timezone.now()
    course = Course.of(Preferences.current())
    check = _by_provider(to_ask(now=moment, course=course))
    return _wanted(check, _by_provider(to_warn(now=moment)), now=moment)


def all_unchecked(*, now: datetime | None = None) -> dict[str, Wanted]:
    """The same when an editor asks for it: about everything that is unchecked, whatever was asked before."""
    moment = now or timezone.now()
    rows = unchecked(today=timezone.localdate(moment), months=Preferences.current().stale_after_months)
    return _wanted(_by_provider(rows), {}, now=moment)


def reminded_lately(*, now: datetime | None = None) -> set[str]:
    """Addresses that got a reminder within the week."""
    return set(Letter.objects.lately(now or timezone.now()).values_list("address", flat=True))


def _by_provider(rows: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for pk, provider in rows.values_list("pk", "provider_id"):
        found[provider].append(pk)
    return found


def _wanted(check: dict[int, list[int]], ending: dict[int, list[int]], *, now: datetime) -> dict[str, Wanted]:
    found: dict[str, Wanted] = {}
    lately = reminded_lately(now=now)
    for provider, people in responsible(providers_of({*check, *ending})).items():
        for person in people:
            if person.address in lately:
                continue
            wanted = found.setdefault(person.address, Wanted(person))
            wanted.check += check.get(provider, [])
            wanted.ending += ending.get(provider, [])
            wanted.providers.add(provider)
    return found


def providers_of(pks: Collection[int]) -> list[Provider]:
    """These organisations, with what finding their people needs."""
    rows = narrowed(Provider.objects.public(), "pk", pks).order_by("pk").only("name", "email", "contact_email")
    return [each for each in rows if each.pk in pks]


def only(wanted: dict[str, Wanted], addresses: Iterable[str]) -> list[Wanted]:
    """Those of a job, as far as they are still wanted."""
    return [wanted[each] for each in addresses if each in wanted]
