"""The demo's tracker: deterministic, and all its numbers agree."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from demo.content.tracker import INHABITANTS, SHOWN_NAMES, TICKETS
from demo.tracker import fill_tracker, version_of
from demo.voices import Voice
from tenants.running.context import inside_public
from tracker.channels.models import Notice
from tracker.cofunding.models import Funding
from tracker.forum.counting import result_of
from tracker.forum.finding import find
from tracker.forum.models import Contact, Example, Poll, Topic
from tracker.releases.models import Release
from tracker.tickets.models import ENDED, Comment, Participant, Ticket
from tracker.voting.models import Standing, Vote
from tracker.voting.prices import BUDGET
from tracker.voting.services import purse_of


@pytest.fixture
def voices(db):
    with inside_public():
        rows = {
            slug: Participant.objects.create(slug=slug, name=name, shown_name=name, inhabitants=INHABITANTS[slug])
            for slug, name in SHOWN_NAMES.items()
        }
        yield {slug: Voice(row, 7, 9, (7, 8)) for slug, row in rows.items()}


def test_all_numbers_agree(voices):
    today = timezone.localdate()
    fill_tracker(today, voices)
    assert Ticket.objects.count() == len(TICKETS)
    for voice in voices.values():
        held = Vote.objects.held().filter(participant=voice.participant, year=today.year)
        spent = held.aggregate(all=Sum("points"))["all"]
        assert purse_of(voice.participant).spent == spent <= BUDGET
    for ticket in Ticket.objects.all():
        counted = Vote.objects.held().filter(ticket=ticket).aggregate(all=Sum("votes"))["all"] or 0
        standing = Standing.objects.filter(ticket=ticket).first()
        assert (standing.votes if standing else 0) == counted
        assert not (ticket.state in ENDED and counted)
        assert ticket.created_at <= ticket.changed_at <= timezone.now()
        last = ticket.steps.order_by("at", "pk").last()
        assert last.new == ticket.state
        assert ticket.ended_at is None or ticket.created_at < ticket.ended_at
    for funding in Funding.objects.exclude(key=""):
        assert funding.parts.aggregate(all=Sum("share"))["all"] == funding.cents
    assert Funding.objects.filter(financed_at__isnull=False).count() == 1
    assert not Notice.objects.filter(sent_at=None).exists()


def test_what_was_merged_leads_on_with_all_votes(voices):
    fill_tracker(timezone.localdate(), voices)
    source = Ticket.objects.get(merged_into__isnull=False)
    assert Vote.objects.filter(ticket=source).count() == 0
    said = Comment.objects.filter(ticket=source.merged_into, participant=None, text__contains=source.reference)
    assert said.count() == 1
    assert said.get().created_at < timezone.now() - timedelta(days=20)


def test_the_exchange_lives_and_is_found(voices):
    fill_tracker(timezone.localdate(), voices)
    assert (Topic.objects.count(), Example.objects.count(), Contact.objects.count()) == (3, 3, 3)
    open_now = [poll for poll in Poll.objects.all() if poll.is_open()]
    assert [result_of(poll).answered for poll in open_now] == [2]
    viewer = next(iter(voices.values())).viewer
    assert any(hit.title.startswith("Ein Abend im Vereinsheim") for hit in find("Vereinsheim", viewer, 5))


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2027, 3, 13)])
def test_versions_have_names_of_their_own_on_every_day(today):
    names = [version_of(today, months) for months in (-1, 0, 1, 2)]
    assert len(set(names)) == 4


def test_the_versions_of_the_demo_are_two_there_and_two_to_come(voices):
    fill_tracker(timezone.localdate(), voices)
    assert Release.objects.issued().count() == 2
    assert Release.objects.to_come().count() == 2


def test_everybody_may_see_its_roadmap(voices, visitor):
    fill_tracker(timezone.localdate(), voices)
    assert visitor("").get("/fahrplan/").status_code == 200
