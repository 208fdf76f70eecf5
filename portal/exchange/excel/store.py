"""Writing planned offers: which are new, changed or as before, and all of them in few statements."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from core.text import slug_of
from portal.exchange.excel.mapping import Plan, digest_of
from portal.exchange.excel.merging import digests_of
from portal.exchange.excel.places import Gazetteer
from portal.exchange.excel.wanted import Desks, wanted
from portal.exchange.models import ImportedRecord
from portal.offers import snapshot
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND
from portal.offers.models import Location, Offer, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.states import State
from portal.providers.models import Provider
from portal.revisions import bulk
from portal.revisions.kinds import Content
from portal.revisions.models import Desk

T = TypeVar("T")

logger = logging.getLogger(__name__)
TABLE = "offer"
BATCH = 500
# German: it is content, not interface.
NOTE = "Excel-Import"
_RULE = ("first_date", "last_date", "start_time", "end_time", "rrule", "exdates")
_PLACE = ("street", "postcode", "city", "note", "district_id")


@dataclass(slots=True)
class Work:
    """What is to be written: plans without an offer yet, and plans with the offer they change; `submitted` wait for
    approval, `already` stand there and are only to be remembered."""

    created: list[Plan] = field(default_factory=list)
    updated: list[tuple[Plan, Offer]] = field(default_factory=list)
    submitted: list[tuple[Plan, Offer]] = field(default_factory=list)
    already: list[tuple[Plan, Offer]] = field(default_factory=list)


def _save_records(rows: list[ImportedRecord]) -> None:
    ImportedRecord.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "table", "uid"],
        update_fields=["model", "object_id", "digest", "imported_at", "object_updated_at", "said"],
    )


def source_of(provider_id: int) -> str:
    """How ImportedRecord names the workbooks of a provider: IDs count within one provider."""
    return f"excel:{provider_id}"


def content_digest(offer: Offer, names: Iterable[str]) -> str:
    """The digest a Plan with these fields would have if it said what the offer is now. Prefetch its relations."""
    return digest_of(
        {name: getattr(offer, name) for name in names},
        _places(offer),
        [category.pk for category in offer.categories.all()],
        [group.pk for group in offer.target_groups.all()],
        [_rule_said(rule) for rule in offer.schedules.all()],
    )


def _rule_said(rule: Schedule) -> dict[str, Any]:
    said = {name: getattr(rule, name) for name in _RULE}
    # Only where a rule has them: digests from before they existed stay what they were.
    return said | {name: getattr(rule, name) for name in ("off", "reasons") if getattr(rule, name)}


def _places(offer: Offer) -> list[dict[str, Any]]:
    return [{name: getattr(place, name) for name in _PLACE} for place in offer.locations.all()]


def _rules(plan: Plan, offer: Offer | None) -> list[Schedule]:
    return [Schedule(offer=offer, position=at, **rule) for at, rule in enumerate(plan.rules)]


def _each_once(pairs: list[tuple[Plan, Offer]]) -> Iterator[list[tuple[Plan, Offer]]]:
    """Some hundred changes at a time, of no offer two: a table may name one by two IDs, and the later row counts."""
    part: list[tuple[Plan, Offer]] = []
    named = set[int]()
    for plan, offer in pairs:
        if len(part) == BATCH or offer.pk in named:
            yield part
            part, named = [], set()
        part.append((plan, offer))
        named.add(offer.pk)
    if part:
        yield part


class Writer:
    """Writes the piles of a settlement."""

    def __init__(self, provider: Provider, gazetteer: Gazetteer, *, by: Any) -> None:
        self.provider, self.gazetteer, self.by, self.desks = provider, gazetteer, by, Desks(by)
        self.made: list[tuple[Plan, Offer]] = []
        """What was created."""
        self.user_id = by.pk if isinstance(by, Model) else None

    def write(self, work: Work, progress: Callable[[int], None]) -> list[Plan]:
        """Write, and return the plans that the tables refused; they are taken off the piles.

        `progress` is told how many offers were written.
        """
        refused = []
        for start in range(0, len(work.created), BATCH):
            plans = work.created[start : start + BATCH]
            refused += self._singly(plans, self._create)
            progress(len(plans))
        for pairs in _each_once(work.updated):
            refused += [plan for plan, _offer in self._singly(pairs, self._update)]
            progress(len(pairs))
        for start in range(0, len(work.submitted), BATCH):
            pairs = work.submitted[start : start + BATCH]
            refused += [plan for plan, _offer in self._singly(pairs, self._submit)]
            progress(len(pairs))
        self.remember(work.already)
        rows = {plan.row for plan in refused}
        work.created = [plan for plan in work.created if plan.row not in rows]
        work.updated = [pair for pair in work.updated if pair[0].row not in rows]
        work.submitted = [pair for pair in work.submitted if pair[0].row not in rows]
        return refused

    def _singly(self, things: list[T], save: Callable[[list[T]], None]) -> list[T]:
        """Save all at once; where the database refuses that, in halves, until the one to blame is alone."""
        try:
            with transaction.atomic():
                save(things)
        except (IntegrityError, DataError):
            if len(things) == 1:
                logger.exception("An imported offer was refused by the database.")
                return things
            middle = len(things) // 2
            return self._singly(things[:middle], save) + self._singly(things[middle:], save)
        return []

    def _create(self, plans: list[Plan]) -> None:
        offers = Offer.objects.bulk_create([self._made(plan) for plan in plans])
        pairs = list(zip(plans, offers, strict=True))
        self._attach(pairs)
        self.made += pairs

    def _made(self, plan: Plan) -> Offer:
        return Offer(
            provider=self.provider,
            state=State.DRAFT,
            slug=slug_of(plan.fields["title"], fallback="angebot"),
            ends_at=end_of(_rules(plan, None)),
            author_id=self.user_id,
            last_editor_id=self.user_id,
            **{**plan.fill, **plan.fields},
        )

    def _wish(self, plan: Plan, offer: Offer, now: Content) -> snapshot.Wish:
        text = wanted(plan, now, self.gazetteer)
        offer.last_editor_id = self.user_id
        return offer, text, [name for name in text if text[name] != now[name]]

    def _update(self, pairs: list[tuple[Plan, Offer]]) -> None:
        # Read anew: an attempt that the database refused has left its texts on the instances.
        rows = {row.pk: row for row in bulk.fetched(KIND, [offer.pk for _plan, offer in pairs], lock=True)}
        pairs = [(plan, rows[offer.pk]) for plan, offer in pairs]
        for row in rows.values():
            row.provider = self.provider
        now = {offer.pk: KIND.take(offer) for _plan, offer in pairs}
        bulk.keep_what_was(KIND, {offer.pk: now[offer.pk] for _plan, offer in pairs if KIND.rules.is_bound(offer)})
        snapshot.apply_many([self._wish(plan, offer, now[offer.pk]) for plan, offer in pairs])
        refresh_search_text([offer for _plan, offer in pairs])
        self._leave_revisions([offer for _plan, offer in pairs])
        self.remember(pairs)

    def _leave_revisions(self, offers: list[Offer]) -> None:
        """What was written is history; what waited for its first approval waits with the new text."""
        waiting = {offer.pk: offer for offer in offers if offer.state == State.SUBMITTED}
        done = bulk.complete(KIND, [offer for offer in offers if offer.pk not in waiting])
        bulk.record_rows(KIND, done, by=self.by, note=NOTE, informed=not KIND.rules.is_editor(self.by))
        texts = {row.pk: KIND.take(row) for row in bulk.fetched(KIND, list(waiting))}
        desks = {pk: self.desks.of(offer) or Desk.EDITORS for pk, offer in waiting.items()}
        bulk.let_wait(KIND, texts, by=self.by, desks=desks, rows=texts, note=NOTE)

    def _submit(self, pairs: list[tuple[Plan, Offer]]) -> None:
        """Public offers stay as they are; the editors find what the workbook wants."""
        rows = {offer.pk: KIND.take(offer) for _plan, offer in pairs}
        before = {**rows, **bulk.waiting_texts(KIND, rows)}
        texts = {offer.pk: wanted(plan, before[offer.pk], self.gazetteer) for plan, offer in pairs}
        desks = {offer.pk: self.desks.of(offer) for _plan, offer in pairs}
        bulk.let_wait(KIND, texts, by=self.by, desks=desks, rows=rows, note=NOTE)

    def _attach(self, pairs: list[tuple[Plan, Offer]]) -> None:
        rules = [rule for plan, offer in pairs for rule in _rules(plan, offer)]
        write_occurrences(Schedule.objects.bulk_create(rules))
        Location.objects.bulk_create(
            Location(offer=offer, **plan.location, **self.gazetteer.coordinates(plan.location["postcode"]))
            for plan, offer in pairs
            if plan.location
        )
        categories, groups = Offer.categories.through, Offer.target_groups.through
        categories.objects.bulk_create(
            categories(offer_id=offer.pk, category_id=each) for plan, offer in pairs for each in plan.categories
        )
        groups.objects.bulk_create(
            groups(offer_id=offer.pk, targetgroup_id=each) for plan, offer in pairs for each in plan.target_groups
        )
        refresh_search_text([offer for _plan, offer in pairs])
        self._leave_revisions([offer for _plan, offer in pairs])
        self.remember(pairs)

    def remember(self, pairs: list[tuple[Plan, Offer]]) -> None:
        now = timezone.now()
        rows = [
            ImportedRecord(
                source=source_of(self.provider.pk),
                table=TABLE,
                uid=plan.uid,
                model=offer._meta.label_lower,
                object_id=offer.pk,
                digest=plan.digest(),
                said=digests_of(plan),
                object_updated_at=now,
            )
            for plan, offer in pairs
        ]
        _save_records(rows)
