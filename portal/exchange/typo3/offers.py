"""Offers with their dates, place, categories, target groups and images."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import slug_of
from portal.exchange.models import ImportedRecord
from portal.exchange.typo3 import files, values
from portal.exchange.typo3.context import BATCH, MODEL, SOURCE, Context, Line, Plan, Step
from portal.exchange.typo3.dates import Dates, dates
from portal.exchange.typo3.markup import html
from portal.exchange.typo3.places import contact, place
from portal.exchange.typo3.providers import References
from portal.exchange.typo3.report import Outcome
from portal.exchange.typo3.texts import keep_what_was, leave_revisions
from portal.offers.choices import Access, Accessibility, CostKind, Venue
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND
from portal.offers.models import Location, Offer, OfferImage, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.states import State
from portal.providers.models import Provider
from portal.taxonomy.models import Marker

TABLE = MODEL + "offer"
DATES = MODEL + "date"
CATEGORIES = "tx_chancenportal_offer_category_mm"
TARGET_GROUPS = "tx_chancenportal_offer_targetgroup_mm"
PARENT_SCHOOL = "Elternschule"
_ACCESS = {2: Access.OPEN, 3: Access.MEMBERS}
_ACCESSIBILITY = {2: Accessibility.YES, 3: Accessibility.NO}
_MOST = 999_999


def take_over(context: Context, pictures: files.Pictures) -> None:
    """Make or update the offers."""
    parts = _Parts(context)
    steps = []
    for line in context.lines(TABLE):
        if not line.text("name"):
            context.report.skip(TABLE, line.uid, _("without a name"), field="name")
            continue
        provider = parts.provider_of(line)
        if provider is None:
            context.report.skip(TABLE, line.uid, _("its provider was not taken over"), field="provider")
            continue
        step = context.settle("offer", Offer, _plan(context, line, provider, parts, pictures))
        if step is not None:
            steps.append(step)
    parts.leave()
    _carry_out(context, steps)


class _Parts:
    """Dates and references by offer, and who stands in where an offer has no provider."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.dates: dict[int, list[Line]] = defaultdict(list)
        for line in context.lines(DATES, hidden=False):
            self.dates[line.number("offer")].append(line)
        self.categories = References(context, CATEGORIES, "category")
        self.target_groups = References(context, TARGET_GROUPS, "targetgroup")
        self._stand_in: int | None = None

    def provider_of(self, line: Line) -> int | None:
        """Our id of the offer's provider. An offer of a city editor has none: it goes to a stand-in."""
        uid = line.number("provider")
        if uid:
            return self.context.id_of("provider", uid)
        if self._stand_in is None:
            self._stand_in = _stand_in(self.context)
        line.repair("provider", _("has no provider; it belongs to a draft of a provider for the municipality now"))
        return self._stand_in

    def leave(self) -> None:
        reason = _("its offer was not taken over")
        for lines in self.dates.values():
            for line in lines:
                self.context.report.skip(DATES, line.uid, reason)
        self.categories.leave(reason)
        self.target_groups.leave(reason)


def _stand_in(context: Context) -> int:
    """The provider, named after the municipality and not public, for offers that had none (nor were public)."""
    notes = ImportedRecord.objects.filter(source=SOURCE, table=MODEL + "provider", uid="0")
    known = notes.first()
    if known is not None and Provider.objects.filter(pk=known.object_id).exists():
        return known.object_id
    provider = Provider.objects.create(name=context.municipality_name)
    notes.delete()
    ImportedRecord.objects.create(
        source=SOURCE, table=MODEL + "provider", uid="0", model=provider._meta.label_lower, object_id=provider.pk
    )
    return provider.pk


def _plan(context: Context, line: Line, provider: int, parts: _Parts, pictures: files.Pictures) -> Plan:
    found = dates(line, parts.dates.pop(line.uid, []))
    categories, category_rows = parts.categories.take(line.uid)
    groups, group_rows = parts.target_groups.take(line.uid)
    images = pictures.of(line)
    location = _location(context, line)
    fields = {
        "provider_id": provider,
        "state": _state(context, line, found).value,
        "schedule_kind": found.kind.value,
        **_texts(line),
        **_costs(line),
        **_people(context, line),
        **contact(line),
    }
    content = {
        "rules": found.rules,
        "location": location,
        "categories": categories,
        "target_groups": groups,
        "parent_school": bool(line.number("parent_school")),
        "images": [image.described() for image in images],
    }
    rows = found.rows + category_rows + group_rows + [(files.TABLE, image.line.uid) for image in images]
    return Plan(line, fields, content, rows, images)


def _texts(line: Line) -> dict[str, Any]:
    title = line.line("name", 255)
    return {
        "title": title,
        "slug": slug_of(title, fallback="angebot"),
        "summary": line.line("short_description", 300),
        "description": html(line, "long_description"),
        "venue": (Venue.ONLINE if line.number("address_type") == 2 else Venue.ON_SITE).value,
        "access": _ACCESS.get(line.number("access"), Access.UNKNOWN).value,
        "accessibility": _ACCESSIBILITY.get(line.number("accessibility"), Accessibility.UNKNOWN).value,
        "conditions": line.text("conditions_of_participation", 500),
        "course_number": line.line("course_number", 255),
        "capacity": line.line("allowed_participants", 255),
        "speaker": line.line("speaker", 255),
        "format": line.line("format", 255),
        "cooperation": line.line("provider_cooperation", 255),
        "volunteering": bool(line.number("participation")),
        "participate_note": line.line("participate", 255),
        "donate_note": line.line("donate", 255),
        "schedule_note": line.text("opening_hours", 500),
        "video_url": line.attempt("youtube", values.youtube, "", _("not a YouTube address, left out")),
    }


def _costs(line: Line) -> dict[str, Any]:
    written = line.line("costs", 255)
    amount = values.amount(written)
    if line.number("no_costs") or amount == 0:
        if amount:
            line.repair("costs", _("free of charge, so the amount was left out"))
        said = written if amount is None else ""
        return {"cost_kind": CostKind.FREE.value, "cost_amount": None, "cost_text": said}
    if amount is not None and amount <= _MOST:
        return {"cost_kind": CostKind.AMOUNT.value, "cost_amount": amount, "cost_text": ""}
    kind = CostKind.TEXT if written else CostKind.UNKNOWN
    return {"cost_kind": kind.value, "cost_amount": None, "cost_text": written}


def _people(context: Context, line: Line) -> dict[str, Any]:
    people = {}
    for name, ours in (("creator", "author_id"), ("last_editor", "last_editor_id")):
        uid = line.number(name)
        people[ours] = context.id_of("user", uid)
        if uid and people[ours] is None:
            line.repair(name, _("refers to something that does not exist, left out"))
    return people


def _state(context: Context, line: Line, found: Dates) -> State:
    """The pair of flags as one state (reference 2.3); without the approval knob `approved` did not count."""
    active = bool(line.number("active"))
    approved = bool(line.number("approved"))
    if active:
        state = State.PUBLISHED if approved or not context.offer_approval else State.SUBMITTED
    else:
        state = State.PAUSED if approved else State.DRAFT
    if state == State.PUBLISHED and line.hidden:
        line.repair("hidden", _("hidden in TYPO3, so not public here"))
        return State.PAUSED
    if found.missing:
        line.repair("dates", _("has no usable date; not public until somebody gives one"))
        return State.PAUSED if state == State.PUBLISHED else state
    return state


def _location(context: Context, line: Line) -> dict[str, Any] | None:
    """The fields of the offer's place; None where nothing is known of it."""
    address = place(line)
    note = line.line("info", 255)
    uid = line.number("district")
    district = context.id_of("district", uid)
    if uid and district is None:
        line.repair("district", _("refers to a district that does not exist; for the whole area now"))
    if not (address.known or note or district):
        return None
    return {**address.fields, "name": address.rest[:200], "note": note, "district_id": district}


def _carry_out(context: Context, steps: list[Step]) -> None:
    for start in range(0, len(steps), BATCH):
        context.carry_out(steps[start : start + BATCH], lambda chunk: _save(context, chunk))


def _save(context: Context, chunk: list[Step]) -> None:
    fresh = [step for step in chunk if step.own is None]
    made = [Offer(**step.plan.fields, published_at=_published_at(step.plan.line)) for step in fresh]
    Offer.objects.bulk_create(made)
    changed = [step for step in chunk if step.own is not None]
    made += _update(context, changed)
    _attach(context, [*fresh, *changed], made)


def _published_at(line: Line) -> datetime:
    """When it was last made public, for all: an offer that is paused may become public without a new date."""
    return line.moment("active_date") or line.moment("crdate") or timezone.now()


def _update(context: Context, steps: list[Step]) -> list[Offer]:
    keep_what_was(KIND, [step.own for step in steps if step.own is not None])
    loaded = Offer.objects.in_bulk([step.own for step in steps])
    offers = [loaded[step.own] for step in steps if step.own is not None]
    for step, offer in zip(steps, offers, strict=True):
        for name, value in step.plan.fields.items():
            setattr(offer, name, value)
        offer.schedules.all().delete()
        offer.locations.all().delete()
        files.discard(context, offer.images.all())
        # The dates are written below; without them the old end would contradict a new kind.
        offer.ends_at = None
        offer.save()
    return offers


def _attach(context: Context, steps: list[Step], offers: list[Offer]) -> None:
    pairs = [(step.plan, offer) for step, offer in zip(steps, offers, strict=True)]
    Location.objects.bulk_create(
        Location(offer=offer, **plan.parts["location"]) for plan, offer in pairs if plan.parts["location"]
    )
    _link(Offer.categories.through, "category_id", pairs, "categories")
    _link(Offer.target_groups.through, "targetgroup_id", pairs, "target_groups")
    _mark(pairs)
    rules = []
    for plan, offer in pairs:
        own = [Schedule(offer=offer, position=position, **rule) for position, rule in enumerate(plan.parts["rules"])]
        offer.ends_at = end_of(own)
        rules += own
        files.store(context, OfferImage, {"offer": offer}, plan.images, provider=offer.provider_id)
    Schedule.objects.bulk_create(rules)
    write_occurrences(rules)
    refresh_search_text(offers)
    _finish(context, steps, offers)


def _link(through: Any, column: str, pairs: list[tuple[Plan, Offer]], part: str) -> None:
    through.objects.filter(offer__in=[offer.pk for _plan, offer in pairs]).delete()
    through.objects.bulk_create(
        through(offer_id=offer.pk, **{column: own}) for plan, offer in pairs for own in plan.parts[part]
    )


def _mark(pairs: list[tuple[Plan, Offer]]) -> None:
    marked = [offer.pk for plan, offer in pairs if plan.parts["parent_school"]]
    if marked:
        marker, _made = Marker.objects.get_or_create(name=PARENT_SCHOOL)
        marker.offers.add(*marked)


def _finish(context: Context, steps: list[Step], offers: list[Offer]) -> None:
    for step, offer in zip(steps, offers, strict=True):
        # `tstamp` was moved by a daily job of the original; `moddate` is true where it exists.
        offer.created_at, offer.updated_at = step.plan.times(step.plan.line.moment("moddate"))
    Offer.objects.bulk_update(offers, ["created_at", "updated_at", "ends_at"])
    for step, offer in zip(steps, offers, strict=True):
        line = step.plan.line
        if step.own is None:
            context.learn("offer", line.uid, offer.pk, fresh=True)
        context.ledger.remember(line, offer, step.digest, offer.updated_at)
        context.account(step.plan, Outcome.IMPORTED)
    leave_revisions(KIND, offers)
