"""What the pages say of calendars and their events, in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.calendars.following import wishes
from portal.calendars.letters import problem_of
from portal.calendars.listing import BY_HAND, GONE, LABELS, LEFT, PROBLEM, TAKEN, TO_TAKE, WAITS
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun, State
from portal.offers.schedule_words import schedule_sentences
from portal.offers.snapshot.checking import schedule_of

KINDS = {PROBLEM: "warning", WAITS: "warning", TAKEN: "success", BY_HAND: "info", TO_TAKE: "accent", LEFT: "", GONE: ""}
ICONS = {PROBLEM: "warning", WAITS: "clock", TAKEN: "check", BY_HAND: "edit", TO_TAKE: "check", LEFT: "close",
         GONE: "delete"}  # fmt: skip
WORDS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Short text"),
    "description": gettext_lazy("Description"),
    "registration_url": gettext_lazy("Link for registering"),
    "schedule_kind": gettext_lazy("Dates"),
    "schedule_note": gettext_lazy("Notes on the dates"),
    "venue": gettext_lazy("Place"),
    "categories": gettext_lazy("Topics"),
    "target_groups": gettext_lazy("Target groups"),
    "cost_kind": gettext_lazy("Costs"),
}
"""What was changed by hand, by the first key of what belongs together."""
MOST_RHYTHMS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """An event in the list."""

    pk: int
    title: str
    when: str
    place: str
    stand: str
    kind: str
    icon: str
    sentence: str
    offer: int | None
    pickable: bool


def row_of(event: Any, calendar: Calendar) -> Row:
    """What the list says of an event (of `listing.rows_of`)."""
    lacking = _lacking(event, calendar)
    if lacking:
        event.stand, event.problem = PROBLEM, lacking
    return Row(
        pk=event.pk,
        title=event.title or _("Event without a name"),
        when=when(event),
        place=place_of(event),
        stand=str(LABELS[event.stand]),
        kind=KINDS[event.stand],
        icon=ICONS[event.stand],
        sentence=_sentence(event),
        offer=event.offer_id,
        pickable="schedules" in event.content,
    )


def _lacking(event: Any, calendar: Calendar) -> str:
    """Before anything is made: what a chosen event would lack."""
    if calendar.state != State.NEW or event.stand != TO_TAKE or not calendar.details.get("categories"):
        return ""
    return wishes.lacking(calendar.provider, wishes.wished(calendar, event))


def when(event: CalendarEvent) -> str:
    """Its dates in words."""
    rules = [schedule_of(rule) for rule in event.content.get("schedules", [])]
    said = schedule_sentences(rules, today=timezone.localdate())
    return "; ".join(said[:MOST_RHYTHMS]) + (" …" if len(said) > MOST_RHYTHMS else "")


def place_of(event: CalendarEvent) -> str:
    """Its place on one line."""
    if event.content.get("venue") == "online":
        return _("online")
    for place in event.content.get("locations", [])[:1]:
        town = f"{place.get('postcode', '')} {place.get('city', '')}".strip()
        return ", ".join(filter(None, (place.get("name", ""), place.get("street", ""), town)))
    return ""


def _sentence(event: Any) -> str:
    if event.stand == PROBLEM:
        return str(event.problem)
    if event.stand == WAITS:
        return str(event.get_waits_display())
    if event.by_hand:
        names = ", ".join(by_hand(event))
        return _("Changed by hand, so the calendar leaves it alone: %(names)s") % {"names": names}
    return ""


def by_hand(event: CalendarEvent) -> list[str]:
    """What a person changed and the calendar says otherwise."""
    return [str(WORDS[name]) for name in event.by_hand if name in WORDS]


def counted(calendars: QuerySet[Calendar]) -> QuerySet[Calendar]:
    """With what their lines say, in one statement."""
    live = Q(events__wanted=True, events__gone_at__isnull=True)
    return calendars.select_related("provider").annotate(
        offers=Count("events", filter=live & Q(events__offer__isnull=False)),
        wanted=Count("events", filter=live & Q(events__problem="", events__offer__isnull=True)),
        problems=Count("events", filter=Q(events__gone_at__isnull=True) & ~Q(events__problem="")),
        missing=Count("events", filter=Q(events__missing=True)),
        open=Count("events", filter=live & Q(events__settled=False, events__waits="")),
        all=Count("events"),
    )


def badge_of(calendar: Calendar) -> dict[str, str]:
    """The state as a badge."""
    if calendar.state == State.ACTIVE and calendar.held_at is not None:
        return {"label": _("asks you something"), "kind": "warning", "icon": "question"}
    if calendar.state == State.ACTIVE and calendar.is_failing:
        return {"label": _("cannot be read at present"), "kind": "warning", "icon": "warning"}
    kind, icon = {
        State.NEW: ("info", "edit"),
        State.ACTIVE: ("success", "check"),
        State.PAUSED: ("warning", "clock"),
        State.ENDED: ("", "close"),
    }[State(calendar.state)]
    return {"label": str(State(calendar.state).label), "kind": kind, "icon": icon}


def sentence_of(calendar: Any) -> str:
    """How it stands, and what comes next. `calendar` is `counted`."""
    if calendar.state == State.NEW:
        return _setting_up(calendar)
    if calendar.state == State.PAUSED:
        return _("Paused %(why)s. Your offers stay as they are.") % {"why": calendar.get_pause_display()}
    said = ngettext("%(number)d offer comes from it.", "%(number)d offers come from it.", calendar.offers)
    return said % {"number": calendar.offers}


def _setting_up(calendar: Any) -> str:
    if calendar.is_failing:
        return problem_of(calendar)
    if calendar.read_at is None:
        return _("We are just looking what stands in it.")
    said = ngettext("%(number)d event was found. Please choose.", "%(number)d events were found. Please choose.",
                    calendar.all)  # fmt: skip
    return said % {"number": calendar.all}


@dataclass(frozen=True, slots=True)
class Night:
    """One reading, for the table."""

    at: Any
    failed: bool
    what: str


def night_of(run: CalendarRun) -> Night:
    """What came of a reading."""
    if run.outcome == CalendarRun.Outcome.FAILED:
        seen = Calendar(failure=run.failure, failure_status=run.status, failure_words=run.words)
        return Night(run.at, failed=True, what=problem_of(seen))
    parts = [
        ngettext("%(number)d new", "%(number)d new", run.made) % {"number": run.made} if run.made else "",
        ngettext("%(number)d changed", "%(number)d changed", run.changed) % {"number": run.changed}
        if run.changed else "",
        ngettext("%(number)d ended", "%(number)d ended", run.ended) % {"number": run.ended} if run.ended else "",
        ngettext("%(number)d back again", "%(number)d back again", run.back) % {"number": run.back} if run.back else "",
    ]  # fmt: skip
    return Night(run.at, failed=False, what=", ".join(filter(None, parts)) or _("nothing new"))
