"""Writing reminders: letter, what it asks and its mail in one transaction, so that a job killed half-way has written
none of them, and one that runs twice finds nobody left."""

import logging
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.ordering import name_key
from portal.offers.editing import CONFIRMABLE
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.upkeep import letters
from portal.upkeep.asking import A_DAY, Course, rows_of, unchecked
from portal.upkeep.models import About, Asked, Letter, Purpose
from portal.upkeep.people import Person
from portal.upkeep.planning import Wanted, all_unchecked, one_at_a_time, only, tonight

ONE_AN_HOUR = timedelta(hours=1)
logger = logging.getLogger(__name__)


def send_tonight(addresses: Iterable[str]) -> int:
    """Write to these people whatever they are to be asked tonight; returns how many mails that were."""
    with transaction.atomic():
        one_at_a_time()
        return _write(only(tonight(), addresses), Purpose.NIGHTLY)


def send_for_editors(addresses: Iterable[str], *, answers: str = "") -> dict[str, set[int]]:
    """The same because an editor asked for it. Returns who got one, and about which organisations."""
    with transaction.atomic():
        one_at_a_time()
        wanted = only(all_unchecked(), addresses)
        before = set(Letter.objects.lately(timezone.now()).values_list("address", flat=True))
        _write(wanted, Purpose.EDITORS, answers=answers)
        after = set(Letter.objects.lately(timezone.now()).values_list("address", flat=True)) - before
    return {each.person.address: each.providers for each in wanted if each.person.address in after}


def _write(wanted: Collection[Wanted], purpose: Purpose, *, answers: str = "") -> int:
    """What goes wrong with one person stops nobody else."""
    facts, written = _Facts(wanted, answers), 0
    for each in wanted:
        try:
            with transaction.atomic():
                written += facts.write(each.person, each.check, each.ending, purpose)
        except Exception:
            logger.exception("A reminder about offers %s could not be written.", [*each.check, *each.ending][:20])
    return written


class _Facts:
    """What letters say of offers and organisations, read once for all of them."""

    def __init__(self, wanted: Iterable[Wanted], answers: str = "") -> None:
        everything, self.answers = list(wanted), answers
        self.now = timezone.now()
        self.course = Course.of(Preferences.current())
        check = {pk for each in everything for pk in each.check}
        ending = {pk for each in everything for pk in each.ending}
        self.offers: dict[int, Any] = {
            each.pk: each
            for each in rows_of(check | ending, now=self.now).only(
                "title", "ends_at", "provider_id", "noted_at", "hidden_at"
            )
        }
        pks = {each.provider_id for each in self.offers.values()}
        self.providers = dict(Provider.objects.filter(pk__in=pks).values_list("pk", "name"))

    def write(self, person: Person, check: Iterable[int], ending: Iterable[int], purpose: Purpose) -> int:
        """One letter; 0 where there is nothing (any more) to say, or mail to this address comes back."""
        asked, ends = self.in_order(check), self.in_order(ending)
        if not asked and not ends:
            return 0
        letter = Letter.objects.create(
            address=person.address, user_id=person.user, purpose=purpose, written_at=self.now
        )
        mail = self._mail(letter, asked, ends)
        if mail is None:
            letter.delete()
            return 0
        letter.mail_id = mail.pk
        letter.save(update_fields=["mail_id"])
        Asked.objects.bulk_create(
            [
                *(Asked(letter=letter, offer_id=each.pk, about=About.CHECK) for each in asked),
                *(Asked(letter=letter, offer_id=each.pk, about=About.ENDING) for each in ends),
            ]
        )
        return 1

    def in_order(self, pks: Iterable[int]) -> list[Any]:
        found = [self.offers[pk] for pk in dict.fromkeys(pks) if pk in self.offers]
        return sorted(found, key=lambda each: (name_key(self.providers[each.provider_id]), name_key(each.title)))

    def _mail(self, letter: Letter, asked: list[Any], ends: list[Any]) -> Any:
        names = {self.providers[each.provider_id] for each in (*asked, *ends)}
        ending = [(each.title, each.ends_at) for each in ends]
        if not asked:
            return letters.warn(letter, providers=names, ending=ending)
        return letters.ask(letter, answers=self.answers, ending=ending, **self.said(asked, names))

    def said(self, asked: list[Any], names: set[str]) -> dict[str, Any]:
        """The offers by their titles, with what happens if nobody answers."""
        several = len({each.provider_id for each in asked}) > 1
        titles = [f"{each.title} ({self.providers[each.provider_id]})" if several else each.title for each in asked]
        return {
            "providers": names,
            "check": titles,
            "days": days_ahead(asked, course=self.course, now=self.now),
        }


def days_ahead(asked: Iterable[Any], *, course: Course, now: datetime) -> tuple[date | None, date | None]:
    """The same of offers with what reminders became of them (`asking.rows_of`); what is due already is due tomorrow."""
    today = timezone.localdate(now)
    noted, hidden = [], []
    for each in asked:
        if each.hidden_at is not None:
            continue
        first = timezone.localdate(each.first) if each.first else None
        second = timezone.localdate(each.second) if each.second else (today if first else None)
        if each.noted_at is None:
            noted.append(course.noted_on(first or today))
        hidden.append(course.hidden_on(first or today, second))
    return _first(noted, today), _first(hidden, today)


def _first(days: Iterable[date | None], today: date) -> date | None:
    found = min((each for each in days if each is not None), default=None)
    return max(found, today + A_DAY) if found else None


def preview(providers: Collection[int]) -> dict[str, Any]:
    """What the mail about everything unchecked of these organisations says, before it is written."""
    months = Preferences.current().stale_after_months
    rows = unchecked(today=timezone.localdate(), months=months).filter(provider__in=providers)
    pks = rows.values_list("pk", flat=True)
    facts = _Facts([Wanted(Person("", None), check=list(pks))])
    asked = facts.in_order(pks)
    said = facts.said(asked, {facts.providers[each.provider_id] for each in asked})
    return letters.check_values(Letter(written_at=facts.now), ending=[], **said)


def send_again(letter: Letter) -> bool:
    """A new link to the same address for the same offers, where they are still to be checked. Once an hour at most."""
    with transaction.atomic():
        one_at_a_time()
        # Whoever presses twice gets one.
        newer = Letter.objects.filter(
            address=letter.address, purpose=Purpose.AGAIN, written_at__gt=timezone.now() - ONE_AN_HOUR
        )
        if newer.exists():
            return False
        asked = list(letter.asked.filter(about=About.CHECK).values_list("offer_id", flat=True))
        wanted = Wanted(Person(letter.address, letter.user_id), check=asked)
        facts = _Facts([wanted])
        facts.offers = {pk: each for pk, each in facts.offers.items() if pk in _still_there(asked)}
        return bool(facts.write(wanted.person, asked, [], Purpose.AGAIN))


def _still_there(pks: Collection[int]) -> set[int]:
    return set(Offer.objects.filter(pk__in=pks, state__in=CONFIRMABLE).values_list("pk", flat=True))
