"""Writing planned offers: which are new, changed or as before, and all of them in few statements."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import fold, slug_of
from portal.exchange.excel.mapping import FIELDS, Plan, digest_of
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.places import Gazetteer
from portal.exchange.excel.result import ImportResult, Level
from portal.exchange.excel.texts import has_markup
from portal.exchange.excel.wanted import Desks, wanted
from portal.exchange.models import ImportedRecord
from portal.offers import snapshot
from portal.offers.choices import Venue
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND
from portal.offers.models import Location, Offer, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.states import State
from portal.providers.models import Provider
from portal.revisions import bulk
from portal.revisions.models import Desk

T = TypeVar("T")

logger = logging.getLogger(__name__)
TABLE = "offer"
BATCH = 500
# German: it is content, not interface.
NOTE = "Excel-Import"
LIKE_ENOUGH = 0.5
"""Below this likeness of titles without a common word, a known ID is taken for another file's, not for a new title."""
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
    records: dict[str, ImportedRecord] = field(default_factory=dict)


def exported_uid(offer: Offer) -> str:
    """The ID of an offer in an export: not a plain number, which people count their own offers with."""
    return f"CP{offer.pk}"


def remember_exported(offers: Iterable[Offer]) -> None:
    """Note what was exported, so that the same workbook, corrected and imported again, changes these very offers."""
    rows = [
        ImportedRecord(
            source=source_of(offer.provider_id),
            table=TABLE,
            uid=exported_uid(offer),
            model=offer._meta.label_lower,
            object_id=offer.pk,
            digest="" if _would_lose(offer) else content_digest(offer, FIELDS),
        )
        for offer in offers
    ]
    _save_records(rows)


def _would_lose(offer: Offer) -> bool:
    """Whether writing the offer's row back would take something from it; no content has an empty digest."""
    places = list(offer.locations.all())
    return (
        has_markup(offer.description)
        or offer.venue == Venue.BOTH
        or len(places) > 1
        or any(place.name or place.hide_exact_address for place in places)
    )


def _save_records(rows: list[ImportedRecord]) -> None:
    ImportedRecord.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "table", "uid"],
        update_fields=["model", "object_id", "digest", "imported_at", "object_updated_at"],
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


class Settlement:
    """Decides by what was imported before what each plan means now."""

    def __init__(
        self, provider: Provider, notes: Notes, result: ImportResult, gazetteer: Gazetteer, *, by: Any
    ) -> None:
        """`by` decides whether changes of public offers must wait."""
        self.notes, self.result, self.gazetteer, self.desks = notes, result, gazetteer, Desks(by)
        records = ImportedRecord.objects.filter(source=source_of(provider.pk), table=TABLE)
        self.work = Work(records={record.uid: record for record in records})
        own = Offer.objects.filter(provider=provider)
        self.titles = {fold(title) for title in own.values_list("title", flat=True)}
        known = own.select_related("provider").prefetch_related("categories", "target_groups", *KIND.related)
        self.offers = known.in_bulk([record.object_id for record in self.work.records.values()])
        self.waiting = bulk.waiting_texts(KIND, self.offers)

    def settle(self, plan: Plan) -> None:
        """Put the plan on the pile where it belongs, or note why it is on none."""
        record = self.work.records.get(plan.uid)
        offer = self.offers.get(record.object_id) if record else None
        if record is None or offer is None:
            self._new(plan, before=record)
        elif record.digest == plan.digest():
            self.result.unchanged += 1
        elif content_digest(offer, plan.fields) == plan.digest():
            # Approved or typed here since: both say the same.
            self.result.unchanged += 1
            self.work.already.append((plan, offer))
        elif offer.state == State.TRASHED:
            self._conflict(plan, _("The offer “%(title)s” lies in the bin. Take it back before you import it."), offer)
        elif content_digest(offer, plan.fields) != record.digest:
            self._conflict(
                plan,
                _(
                    "This row and the offer “%(title)s” here were both changed since the last import; the "
                    "offer was left as it is. Please change it here."
                ),
                offer,
            )
        elif not _alike(offer.title, plan.fields["title"]):
            message = _(
                "The ID “%(uid)s” was used in an earlier import for “%(title)s”. Please give this offer an ID "
                "that was never used."
            ) % {"uid": plan.uid, "title": offer.title}
            self.notes.add(Level.ERROR, plan.row, message, key="id", value=plan.uid)
            self.result.failed += 1
        elif KIND.rules.is_bound(offer) and self.desks.of(offer) != Desk.NOBODY:
            self._let_wait(plan, offer)
        else:
            self.work.updated.append((plan, offer))

    def _let_wait(self, plan: Plan, offer: Offer) -> None:
        waiting = self.waiting.get(offer.pk)
        if waiting is not None and wanted(plan, waiting, self.gazetteer) == waiting:
            self.result.unchanged += 1
        else:
            self.work.submitted.append((plan, offer))

    def _new(self, plan: Plan, *, before: ImportedRecord | None) -> None:
        title = plan.fields["title"]
        if before is not None:
            message = _("This offer was imported before and deleted here since; it is made anew.")
            self.notes.add(Level.WARNING, plan.row, message)
        elif fold(title) in self.titles:
            message = _("The provider already has an offer of this name; there will be two.")
            self.notes.add(Level.WARNING, plan.row, message, key="title", value=title)
        self.work.created.append(plan)

    def _conflict(self, plan: Plan, message: str, offer: Offer) -> None:
        self.result.conflicts += 1
        self.notes.add(Level.CONFLICT, plan.row, message % {"title": offer.title})


def _alike(before: str, now: str) -> bool:
    old, new = fold(before), fold(now)
    share_a_word = any(len(word) > 3 for word in set(old.split()) & set(new.split()))
    return share_a_word or SequenceMatcher(None, old, new).ratio() >= LIKE_ENOUGH


class Writer:
    """Writes the piles of a settlement."""

    def __init__(self, provider: Provider, gazetteer: Gazetteer, *, by: Any) -> None:
        self.provider, self.gazetteer, self.by, self.desks = provider, gazetteer, by, Desks(by)
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
        for start in range(0, len(work.updated), BATCH):
            pairs = work.updated[start : start + BATCH]
            refused += [plan for plan, _offer in self._singly(pairs, self._update)]
            progress(len(pairs))
        for start in range(0, len(work.submitted), BATCH):
            pairs = work.submitted[start : start + BATCH]
            refused += [plan for plan, _offer in self._singly(pairs, self._submit)]
            progress(len(pairs))
        self._remember(work.already)
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
        self._attach(list(zip(plans, offers, strict=True)))

    def _made(self, plan: Plan) -> Offer:
        return Offer(
            provider=self.provider,
            state=State.DRAFT,
            slug=slug_of(plan.fields["title"], fallback="angebot"),
            ends_at=end_of(_rules(plan, None)),
            author_id=self.user_id,
            last_editor_id=self.user_id,
            **plan.fields,
        )

    def _change(self, plan: Plan, offer: Offer) -> None:
        now = KIND.take(offer)
        text = wanted(plan, now, self.gazetteer)
        offer.last_editor_id = self.user_id
        snapshot.apply(offer, text, [name for name in text if text[name] != now[name]], searchable=False)

    def _update(self, pairs: list[tuple[Plan, Offer]]) -> None:
        # Read anew: an attempt that the database refused has left its texts on the instances.
        rows = {row.pk: row for row in bulk.fetched(KIND, [offer.pk for _plan, offer in pairs])}
        pairs = [(plan, rows[offer.pk]) for plan, offer in pairs]
        for row in rows.values():
            row.provider = self.provider
        bulk.keep_what_was(KIND, {offer.pk: KIND.take(offer) for _plan, offer in pairs if KIND.rules.is_bound(offer)})
        for plan, offer in pairs:
            self._change(plan, offer)
        refresh_search_text([offer for _plan, offer in pairs])
        self._leave_revisions([offer for _plan, offer in pairs])
        self._remember(pairs)

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
        self._remember(pairs)

    def _remember(self, pairs: list[tuple[Plan, Offer]]) -> None:
        now = timezone.now()
        rows = [
            ImportedRecord(
                source=source_of(self.provider.pk),
                table=TABLE,
                uid=plan.uid,
                model=offer._meta.label_lower,
                object_id=offer.pk,
                digest=plan.digest(),
                object_updated_at=now,
            )
            for plan, offer in pairs
        ]
        _save_records(rows)
