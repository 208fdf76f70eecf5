"""The demo's tracker: what three towns reported, voted and paid together. Nothing of it is mailed.

Rows are written with days before today; what is counted (standings, points, shares to the cent) the tracker counts
itself, so all numbers agree.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo import exchange
from demo.content.tracker import INHABITANTS, OPERATOR, PAID, RELEASES, SHOWN_NAMES, TICKETS, Said, TicketSeed
from demo.fill import BY
from demo.voices import Voice, Voices
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tracker.board.models import BoardSettings
from tracker.channels.models import Event, Notice
from tracker.cofunding import services as paying
from tracker.cofunding.models import Funding, Part
from tracker.releases.deadlines import rules
from tracker.releases.due import after_working_days
from tracker.releases.models import GROUP_OF, Arrival, Deadline, Item, Read, Release
from tracker.tickets import happenings
from tracker.tickets.models import (
    ENDED,
    Comment,
    Concern,
    Context,
    Kind,
    Participant,
    State,
    Step,
    Ticket,
    Watch,
    operator,
)
from tracker.tickets.participating import participant_of
from tracker.tickets.searching import write_search
from tracker.tickets.uniting import merge
from tracker.voting.models import Vote

HOURS = (9, 17)


def fill_platform(today: date) -> None:
    """Make it once, as soon as all three towns are there; what is there is left alone."""
    with inside_public():
        towns = list(Municipality.objects.filter(slug__in=SHOWN_NAMES))
        if len(towns) < len(SHOWN_NAMES) or Ticket.objects.exists():
            return
    voices = {town.slug: _voice(town) for town in towns}
    with inside_public(), transaction.atomic():
        fill_tracker(today, voices)


def _voice(town: Municipality) -> Voice:
    participant = participant_of(town)
    Participant.objects.filter(pk=participant.pk).update(
        shown_name=SHOWN_NAMES[town.slug], inhabitants=INHABITANTS[town.slug]
    )
    participant.refresh_from_db()
    with inside(town):
        people = dict(User.objects.filter(is_active=True).values_list("email", "pk"))
    readers = tuple(people[f"{who}@{town.slug}.example"] for who in ("admin", "redaktion", "planung"))
    return Voice(participant, readers[1], people[f"anbieter@{town.slug}.example"], readers)


def fill_tracker(today: date, voices: Voices) -> None:
    """Tickets, votes, money, versions, and what is said in the exchange."""
    _Tracker(today, voices).fill()
    exchange.fill_exchange(today, voices)
    BoardSettings.objects.update_or_create(pk=1, defaults={"public_roadmap": True})
    # All of it was told long ago.
    Notice.objects.filter(sent_at=None).update(sent_at=timezone.now())


def moment(today: date, ago: int, number: int) -> datetime:
    """A working hour of a day, another one for each number: the same day always gives the same."""
    first, last = HOURS
    hour = first + number % (last - first)
    at = datetime.combine(today - timedelta(days=ago), time(hour, number * 7 % 60))
    return min(timezone.make_aware(at), timezone.now()) if ago >= 0 else timezone.make_aware(at)


def version_of(today: date, months: int) -> str:
    """What a version is called: year and month, so many months from now."""
    month = today.year * 12 + today.month - 1 + months
    return f"{month // 12 % 100}.{month % 12 + 1}"


class _Tracker:
    """The rows in the making."""

    def __init__(self, today: date, voices: Voices) -> None:
        self.today, self.voices = today, voices
        self.tickets: dict[str, Ticket] = {}
        self.releases: dict[int, Release] = {}

    def fill(self) -> None:
        """In the order in which one thing needs another."""
        self._releases()
        for number, seed in enumerate(TICKETS):
            self._ticket(seed, number)
        write_search(self.tickets.values())
        for number, seed in enumerate(TICKETS):
            self._votes(seed, number)
        self._merge()
        self._money()

    def _who(self, slug: str) -> Participant | None:
        return self.voices[slug].participant if slug != OPERATOR else None

    def _releases(self) -> None:
        for number, (months, ago, to_do) in enumerate(RELEASES):
            at = moment(self.today, ago, number)
            there = ago >= 0
            release = Release.objects.create(
                version=version_of(self.today, months), planned_on=at.date(), to_do=to_do,
                created_at=at - timedelta(days=40), issued_at=at if there else None, finished_at=at if there else None,
            )  # fmt: skip
            self.releases[months] = release
            if there:
                Arrival.objects.bulk_create(
                    Arrival(release=release, participant=voice.participant, at=at) for voice in self.voices.values()
                )
                Read.objects.bulk_create(
                    Read(participant=voice.participant, person=person, release=release)
                    for voice in self.voices.values()
                    for person in voice.readers
                )

    def _ticket(self, seed: TicketSeed, number: int) -> None:
        voice, at = self.voices[seed.by], moment(self.today, seed.ago, number)
        state, last = seed.steps[-1] if seed.steps else (State.NEW.value, seed.ago)
        moved = min([last, *(said.ago for said in seed.talk if not said.internal)])
        ended = moment(self.today, last, number) if state in ENDED else None
        ticket = Ticket.objects.create(
            kind=seed.kind, title=seed.title, happened=seed.happened, expected=seed.expected, area=seed.area,
            reporter=voice.participant, person=voice.provider if seed.by_provider else voice.editor,
            by_provider=seed.by_provider, state=state, reason=seed.reason, severity=seed.severity,
            created_at=at, changed_at=max(moment(self.today, moved, number), at), ended_at=ended,
        )  # fmt: skip
        self.tickets[seed.key] = ticket
        if seed.page:
            Context.objects.create(
                ticket=ticket, page=seed.page, browser="Firefox 145", version=version_of(self.today, 0)
            )
        Watch.objects.create(
            ticket=ticket, participant=voice.participant, person=ticket.person or voice.editor, since=at
        )
        self._event(ticket, happenings.REPORTED, voice.participant, at)
        for slug in (seed.by, *seed.concerned):
            since = at if slug == seed.by else at + timedelta(days=1)
            Concern.objects.create(ticket=ticket, participant=self.voices[slug].participant, since=since)
        self._steps(ticket, seed, number, at)
        for place, said in enumerate(seed.talk):
            self._say(ticket, said, number + place)
        self._deadline(ticket)
        if seed.release is not None:
            self._item(ticket, self.releases[seed.release])

    def _steps(self, ticket: Ticket, seed: TicketSeed, number: int, at: datetime) -> None:
        before = ""
        Step.objects.create(ticket=ticket, new=State.NEW, participant=ticket.reporter, at=at)
        for state, ago in seed.steps:
            then = moment(self.today, ago, number)
            old = before or State.NEW.value
            Step.objects.create(ticket=ticket, old=old, new=state, at=then)
            data = {"old": old, "new": state, "reason": ticket.reason if state == State.DECLINED else ""}
            self._event(ticket, happenings.STATE_CHANGED, None, then, data)
            before = state

    def _event(
        self, ticket: Ticket, name: str, by: Participant | None, at: datetime, data: dict[str, Any] | None = None
    ) -> None:
        Event.objects.create(
            ticket=ticket, name=name, participant=by, data=data or {}, at=at,
            by_provider=by is not None and name == happenings.REPORTED and ticket.by_provider,
        )  # fmt: skip

    def _say(self, ticket: Ticket, said: Said, number: int) -> None:
        by = self._who(said.by)
        comment = Comment.objects.create(
            ticket=ticket, participant=by, person=self.voices[said.by].editor if by else None, text=said.text,
            internal=said.internal, about=ticket.reporter if said.internal else None,
            created_at=moment(self.today, said.ago, number),
        )  # fmt: skip
        if not said.internal:
            self._event(ticket, happenings.COMMENTED, by, comment.created_at, {"comment": comment.pk})

    def _deadline(self, ticket: Ticket) -> None:
        days = rules().get(ticket.severity)
        if ticket.kind != Kind.BUG or days is None:
            return
        since = timezone.localdate(ticket.created_at)
        Deadline.objects.create(
            ticket=ticket, severity=ticket.severity, since=since, due_on=after_working_days(since, days),
            met_on=timezone.localdate(ticket.ended_at) if ticket.ended_at else None,
        )  # fmt: skip

    def _item(self, ticket: Ticket, release: Release) -> None:
        text = ticket.happened if ticket.kind == Kind.BUG else ticket.expected
        group = GROUP_OF[Kind(ticket.kind)]
        Item.objects.create(release=release, ticket=ticket, group=group, title=ticket.title, text=text)

    def _votes(self, seed: TicketSeed, number: int) -> None:
        """Of this year; those of a wish that ended have come back."""
        ticket = self.tickets[seed.key]
        Vote.objects.bulk_create(
            Vote(
                ticket=ticket, participant=self.voices[slug].participant, year=self.today.year, votes=votes,
                points=votes * votes, set_at=moment(self.today, max(seed.ago - 5, 0), number),
                returned_at=ticket.ended_at,
            )
            for slug, votes in seed.voices.items()
        )  # fmt: skip

    def _merge(self) -> None:
        for seed in TICKETS:
            if seed.merged_into:
                target = self.tickets[seed.merged_into]
                changed = target.changed_at
                merge(self.tickets[seed.key], target, by=operator(BY))
                at = moment(self.today, seed.ago - 6, 3)
                newest = Comment.objects.filter(ticket=target, participant=None).latest("pk")
                Comment.objects.filter(pk=newest.pk).update(created_at=at)
                Ticket.objects.filter(pk=target.pk).update(changed_at=changed)
                Ticket.objects.filter(pk=self.tickets[seed.key].pk).update(changed_at=at)
                Event.objects.filter(ticket=target, name=happenings.MERGED).update(at=at)

    def _money(self) -> None:
        """Estimated, joined and pledged by the services, which share out to the cent; then each gets its day."""
        for number, (key, euros, ago, way, joining, pledging) in enumerate(PAID):
            ticket, at = self.tickets[key], moment(self.today, ago, number)
            paying.estimate(ticket, euros * 100, by=operator(BY))
            for slug in joining:
                paying.join(ticket, by=self.voices[slug].viewer, key=way, inhabitants=INHABITANTS[slug])
            for slug in pledging:
                part = Part.objects.get(funding__ticket=ticket, participant=self.voices[slug].participant)
                paying.pledge(ticket, part.share, by=self.voices[slug].viewer)
            funding = Funding.objects.filter(ticket=ticket)
            funding.update(estimated_at=at)
            funding.filter(financed_at__isnull=False).update(financed_at=at + timedelta(days=9))
            for place, part in enumerate(Part.objects.filter(funding__ticket=ticket).order_by("pk")):
                since = at + timedelta(days=2 * place + 1)
                Part.objects.filter(pk=part.pk).update(
                    since=since, agreed_at=since if part.agreed is not None else None
                )
            Event.objects.filter(ticket=ticket, at__gt=timezone.now() - timedelta(hours=1)).update(at=at)
