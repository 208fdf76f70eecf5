"""Deciding what each offer of a table means: new, changed, as before, or what stands in the way. Writes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from portal.exchange.excel import columns, merging
from portal.exchange.excel.mapping import Group, Mapper, Plan
from portal.exchange.excel.merging import Rereader, digests_of
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.result import ImportResult, Level
from portal.exchange.excel.store import TABLE, Work, content_digest, source_of
from portal.exchange.excel.telling import Change, changes_of
from portal.exchange.excel.wanted import Desks, wanted
from portal.exchange.models import ImportedRecord
from portal.offers.kind import CLOSED, KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.revisions import bulk
from portal.revisions.models import Desk

LIKE_ENOUGH = 0.5
"""Below this likeness of titles without a common word, a known ID is taken for another file's, not for a new title."""
BATCH = 500
_OWN_UID = "CP"


class Outcome(StrEnum):
    """What a row means."""

    NEW = "new"
    CHANGED = "changed"
    LOSES = "loses"
    """Changed, and something that is there now would be gone."""
    CONFLICT = "conflict"
    """Somebody changed the same in the portal since."""
    ERROR = "error"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Verdict:
    """What the rows of one ID mean. `takeable`: it can be written, by whoever looked at it."""

    group: Group
    outcome: Outcome
    plan: Plan | None = None
    offer: Offer | None = None
    changes: list[Change] = field(default_factory=list)
    takeable: bool = False
    waits: bool = False
    """The change will wait for approval."""
    already: bool = False
    """The portal says what the row says; it only has to be remembered."""

    @property
    def row(self) -> int:
        return self.group.rows[0].number

    @property
    def title(self) -> str:
        return str(self.group.rows[0].cells.get(columns.TITLE, ""))


class Judge:
    """Decides for the offers of one provider; told `by` whom, because that decides what has to wait."""

    def __init__(self, provider: Provider, notes: Notes, result: ImportResult, mapper: Mapper, *, by: Any) -> None:
        self.provider, self.notes, self.result, self.mapper = provider, notes, result, mapper
        self.desks = Desks(by)
        self.rereader = Rereader(mapper.vocabulary, Preferences.current(), mapper)
        own = Offer.objects.filter(provider=provider)
        self.titles = {fold(title) for title in own.values_list("title", flat=True)}
        self._records: dict[str, ImportedRecord] = {}
        self._offers: dict[int, Offer] = {}
        self._waiting: dict[int, Any] = {}

    def verdicts(self, pairs: Sequence[tuple[Group, Plan | None]], *, lock: bool = False) -> list[Verdict]:
        """One for each offer of a part of the table; `lock` keeps the offers as they are until the transaction ends."""
        self._fetch([group.uid for group, _plan in pairs], lock=lock)
        return [self._verdict(group, plan) for group, plan in pairs]

    def _fetch(self, uids: Sequence[str], *, lock: bool) -> None:
        records = ImportedRecord.objects.filter(source=source_of(self.provider.pk), table=TABLE, uid__in=uids)
        self._records = {record.uid: record for record in records}
        ids = [record.object_id for record in self._records.values()]
        ids += [pk for uid in uids if uid not in self._records and (pk := _own_pk(uid))]
        own = Offer.objects.filter(provider=self.provider).order_by("pk")
        if lock:
            # In this order, so that nobody who locks the same offers waits for us while we wait for them.
            list(own.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        known = own.prefetch_related("categories", "target_groups", *KIND.related)
        self._offers = known.in_bulk(ids)
        for offer in self._offers.values():
            offer.provider = self.provider
        self._waiting = bulk.waiting_texts(KIND, self._offers)

    def _verdict(self, group: Group, plan: Plan | None) -> Verdict:
        if plan is None:
            return Verdict(group, Outcome.ERROR)
        record = self._records.get(plan.uid)
        offer = self._offers.get(record.object_id if record else _own_pk(plan.uid) or 0)
        if plan.held:
            return self._untouched(group, plan, offer)
        if offer is None:
            return self._new(group, plan, before=record)
        if record is not None and record.digest == plan.digest():
            return Verdict(group, Outcome.UNCHANGED, plan, offer)
        return self._known(group, plan, offer, record)

    def _untouched(self, group: Group, plan: Plan, offer: Offer | None) -> Verdict:
        if offer is not None:
            return Verdict(group, Outcome.UNCHANGED, plan, offer)
        # Somebody else's export: here it is a new offer like any other, and has to be complete.
        self.notes.problems += plan.held
        self.notes.failed_rows.add(plan.row)
        return Verdict(group, Outcome.ERROR, plan)

    def _new(self, group: Group, plan: Plan, *, before: ImportedRecord | None) -> Verdict:
        title = plan.fields["title"]
        if before is not None:
            message = _("This offer was imported before and deleted here since; it is made anew.")
            self.notes.add(Level.WARNING, plan.row, message)
        elif fold(title) in self.titles:
            message = _("The provider already has an offer of this name; there will be two.")
            self.notes.add(Level.WARNING, plan.row, message, key="title", value=title)
        return Verdict(group, Outcome.NEW, plan, takeable=True)

    def _known(self, group: Group, plan: Plan, offer: Offer, record: ImportedRecord | None) -> Verdict:
        base = merging.read(plan.uid, group.rows[0].cells.get(columns.BASE, ""))
        if record is not None and not base and not _alike(offer.title, plan.fields["title"]):
            return self._foreign(group, plan, offer)
        rows = self.rereader.rows(offer)
        said = record.said if record else {}
        # Asked only where nothing says it piece by piece: it is the dearest of the comparisons.
        moved = not (base or said) and (record is None or content_digest(offer, plan.fields) != record.digest)
        merge = merging.merged(digests_of(plan), self.rereader.digests(rows), base, said, moved=moved)
        if not merge.changed:
            return Verdict(group, Outcome.UNCHANGED, plan, offer, already=record is not None or not base)
        if offer.state in CLOSED:
            return self._closed(group, plan, offer)
        plan = replace(plan, keys=merge.changed)
        changes = changes_of(offer, rows, group, merge)
        verdict = Verdict(group, Outcome.CHANGED, plan, offer, changes, takeable=True)
        if merge.conflicts:
            verdict.outcome = Outcome.CONFLICT
            self._note_conflict(plan, offer)
        elif any(change.lost for change in changes):
            verdict.outcome = Outcome.LOSES
        return self._bound(verdict, plan, offer)

    def _bound(self, verdict: Verdict, plan: Plan, offer: Offer) -> Verdict:
        """Public offers change as the rules of approval say; what waits already need not wait twice."""
        verdict.waits = KIND.rules.is_bound(offer) and self.desks.of(offer) != Desk.NOBODY
        waiting = self._waiting.get(offer.pk)
        if verdict.waits and waiting is not None and wanted(plan, waiting, self.mapper.gazetteer) == waiting:
            return Verdict(verdict.group, Outcome.UNCHANGED, plan, offer)
        return verdict

    def _foreign(self, group: Group, plan: Plan, offer: Offer) -> Verdict:
        message = _(
            "The ID “%(uid)s” was used in an earlier import for “%(title)s”. Please give this offer an ID "
            "that was never used."
        ) % {"uid": plan.uid, "title": offer.title}
        self.notes.add(Level.ERROR, plan.row, message, key="id", value=plan.uid)
        return Verdict(group, Outcome.ERROR)

    def _closed(self, group: Group, plan: Plan, offer: Offer) -> Verdict:
        message = (
            _("The offer “%(title)s” lies in the bin. Take it back before you import it.")
            if offer.state == State.TRASHED
            else _("The offer “%(title)s” is put away. Bring it back before you import it.")
        )
        self.notes.add(Level.CONFLICT, plan.row, message % {"title": offer.title})
        return Verdict(group, Outcome.CONFLICT, plan, offer)

    def _note_conflict(self, plan: Plan, offer: Offer) -> None:
        message = _(
            "This row and the offer “%(title)s” here were both changed since the last import; the "
            "offer was left as it is. Please change it here."
        )
        self.notes.add(Level.CONFLICT, plan.row, message % {"title": offer.title})


def _own_pk(uid: str) -> int | None:
    """The offer that an export named so."""
    number = uid.removeprefix(_OWN_UID)
    return (
        int(number) if uid.startswith(_OWN_UID) and number.isascii() and number.isdigit() and len(number) < 18 else None
    )


def _alike(before: str, now: str) -> bool:
    old, new = fold(before), fold(now)
    share_a_word = any(len(word) > 3 for word in set(old.split()) & set(new.split()))
    return share_a_word or SequenceMatcher(None, old, new).ratio() >= LIKE_ENOUGH


def work_of(verdicts: Sequence[Verdict], wanted_ones: Callable[[Verdict], bool]) -> Work:
    """What is to be written of these."""
    work = Work()
    for each in verdicts:
        if each.plan is None:
            continue
        if each.already and each.offer is not None:
            work.already.append((each.plan, each.offer))
        elif not each.takeable or not wanted_ones(each):
            continue
        elif each.offer is None:
            work.created.append(each.plan)
        else:
            (work.submitted if each.waits else work.updated).append((each.plan, each.offer))
    return work
