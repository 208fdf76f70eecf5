"""Who is responsible for the offers of an organisation, and so gets its reminders.

Its administrators; where it has none, its members; where it has nobody, the address of its profile. Whoever said that
they are not responsible, whose mail comes back, or whose account is closed gets nothing; then the next in this order
do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, Protocol

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Lower
from django.utils import timezone

from mail.models import Unreachable
from portal.providers.models import Membership, Provider
from portal.upkeep.models import Letter, Stopped

FEW = 100
REST = timedelta(days=28)
"""An address whose mail server refused a reminder is left alone for so long."""


class Person(NamedTuple):
    """An address, and the account behind it where there is one."""

    address: str
    user: int | None


class Written(Protocol):
    """What of an organisation says where it can be written to."""

    @property
    def pk(self) -> int: ...
    @property
    def email(self) -> str: ...
    @property
    def contact_email(self) -> str: ...


def responsible(providers: Sequence[Written]) -> dict[int, list[Person]]:
    """To whom mails about each of these organisations go; nobody where nobody can be reached. Three statements."""
    silent = deaf()
    people: dict[int, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    members = narrowed(Membership.objects.filter(user__is_active=True), "provider", [each.pk for each in providers])
    for provider, role, user, address in members.order_by("pk").values_list(
        "provider_id", "role", "user_id", "user__email"
    ):
        if address.lower() not in silent:
            people[provider][role].append(Person(address.lower(), user))
    return {each.pk: _first(people[each.pk], each, silent) for each in providers}


def _first(people: Mapping[str, list[Person]], provider: Written, silent: Collection[str]) -> list[Person]:
    for role in (Membership.Role.ADMINISTRATOR, Membership.Role.MEMBER):
        if people.get(role):
            return people[role]
    written = (provider.email or provider.contact_email).lower()
    return [Person(written, None)] if written and written not in silent else []


def deaf() -> set[str]:
    """Addresses to which nothing goes: whoever wants no reminders, whose mail comes back, or was refused lately."""
    return set(_silent())


def _silent() -> QuerySet[Any, str]:
    lists: tuple[QuerySet[Any], ...] = (
        Stopped.objects.all(),
        Unreachable.objects.all(),
        Letter.objects.filter(failed_at__gt=timezone.now() - REST),
    )
    first, *others = (each.order_by().annotate(low=Lower("address")).values_list("low", flat=True) for each in lists)
    found: QuerySet[Any, str] = first.union(*others)
    return found


def narrowed(rows: QuerySet[Any], column: str, pks: Collection[int]) -> QuerySet[Any]:
    """Only these, where they are few; a list of thousands costs the database more than all rows."""
    return rows.filter(**{f"{column}__in": list(pks)}) if len(pks) <= FEW else rows


def kept_by(letter: Letter, providers: Iterable[int]) -> set[int]:
    """Those among these organisations that whoever got this letter may still speak for."""
    wanted, address = list(providers), letter.address
    if letter.user_id is not None:
        mine = Membership.objects.filter(provider__in=wanted, user=letter.user_id, user__is_active=True)
        return set(mine.values_list("provider", flat=True))
    if not address:
        return set()
    members = Membership.objects.filter(provider__in=wanted, user__is_active=True, user__email__iexact=address)
    written = Provider.objects.filter(Q(email__iexact=address) | Q(email="", contact_email__iexact=address))
    return {*members.values_list("provider", flat=True), *written.filter(pk__in=wanted).values_list("pk", flat=True)}


def masked(address: str) -> str:
    """An address so that its owner knows it again and nobody else learns it."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••••@{host}"


def unreachable() -> Q:
    """The same question in SQL, of organisations: nobody there can be reminded. Both lists are asked once, not once for
    each organisation."""
    silent = _silent()
    members = Membership.objects.filter(user__is_active=True).annotate(low=Lower("user__email"))
    written = Provider.objects.annotate(own=Lower(Case(When(email="", then=F("contact_email")), default=F("email"))))
    return ~Q(pk__in=members.exclude(low__in=silent).order_by().values("provider")) & ~Q(
        pk__in=written.exclude(own="").exclude(own__in=silent).order_by().values("pk")
    )
