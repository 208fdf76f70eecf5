"""What the board remembers of all tickets is at every request what the database says."""

import pytest
from django.db import transaction
from django.test import RequestFactory

from tenants.running.context import inside_public
from tests.conftest import municipality
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.board import common, roadmap
from tracker.board.asking import Ours, Sort, understood
from tracker.board.counting import Combination, known_to, ties_of
from tracker.board.listing import shown
from tracker.releases import planning
from tracker.releases.models import Release
from tracker.tickets import services
from tracker.tickets.leaving import farewell
from tracker.tickets.models import Concern, Kind, Participant, State, Ticket
from tracker.tickets.participating import town_count
from tracker.tickets.uniting import merge
from tracker.voting.models import Vote
from tracker.voting.services import cast


def facts():
    """All that is remembered."""
    return {
        "open": {kind: common.open_count(kind) for kind in Kind},
        "marks": {kind: dict(common.marks_of(kind)) for kind in Kind},
        "places": list(common.places().items()),
        "ended": [(each.pk, each.state, each.standing.past) for each in common.ended_last()],
        "towns": town_count(),
        "orders": {
            (kind, sort): list(common.in_order(kind.value, sort)) for kind in Kind for sort in Sort if sort != Sort.FIT
        },
        "versions": dict(common.versions()),
        "ties": {each.slug: dict(ties_of(each)) for each in Participant.objects.all()},
        "lanes": {
            public: [
                (lane.title, lane.note, [(each.title, each.standing.votes) for each in lane.first], lane.more)
                for lane in roadmap.lanes(public=public)
            ]
            for public in (True, False)
        },
    }


def leave(slug):
    with transaction.atomic():
        farewell(slug)


def asked_anew():
    """The same from the database: inside a transaction nothing is remembered."""
    with transaction.atomic():
        return facts()


@pytest.fixture
def town(own_database):
    with inside_public():
        yield editor_of(municipality("ahausen"))


def test_after_each_change_it_is_as_the_database_says(town):
    neighbour = editor_of(municipality("bedorf"))
    wishes = [services.report(by=town, kind="wish", title=f"Wunsch Nummer {number}") for number in range(4)]
    error = services.report(by=neighbour, kind="bug", title="Etwas geht nicht")
    release = planning.save(Release(version="26.12"), by=OPERATOR)
    changes = [
        lambda: cast(wishes[1], 3, by=town),
        lambda: services.concern(wishes[2], by=neighbour),
        lambda: services.change_state(wishes[1], State.CONFIRMED, by=OPERATOR),
        lambda: services.change_state(wishes[2], State.CONFIRMED, by=OPERATOR),
        lambda: planning.plan(release, [wishes[2]], by=OPERATOR),
        lambda: cast(wishes[1], 0, by=town),
        lambda: services.sort_in(error, by=OPERATOR, kind="question", severity="", area="planning"),
        lambda: services.reword(wishes[2], by=OPERATOR, title="Anders gesagt", happened="", expected=""),
        lambda: merge(wishes[0], wishes[1], by=OPERATOR),
        lambda: services.change_state(wishes[3], State.DECLINED, by=OPERATOR, reason="Gibt es schon."),
        lambda: services.report(by=neighbour, kind="wish", title="Noch einer"),
        lambda: planning.issue(release, by=OPERATOR),
        lambda: Ticket.objects.filter(pk=wishes[1].pk).update(area="look"),
        lambda: leave("bedorf"),
    ]
    before = asked_anew()
    assert facts() == before
    for number, change in enumerate(changes):
        change()
        after = asked_anew()
        assert facts() == after, f"change {number}"
        assert facts() == after, f"change {number}, remembered"
        assert after != before, f"change {number} changed nothing"
        before = after


def slowly_counted(viewer, kind, numbers=None):
    """The same without anything clever."""
    found = {}
    for ticket in Ticket.objects.filter(kind=kind, merged_into=None):
        if numbers is not None and ticket.pk not in numbers:
            continue
        ours = {Ours.REPORTED} if ticket.reporter == viewer.participant else set()
        ours |= {Ours.CONCERNED} if Concern.objects.filter(ticket=ticket, participant=viewer.participant) else set()
        ours |= {Ours.VOTED} if Vote.objects.filter(ticket=ticket, participant=viewer.participant) else set()
        key = Combination(ticket.state, ticket.area, frozenset(ours))
        found[key] = found.get(key, 0) + 1
    return found


@pytest.mark.parametrize(
    "query",
    ["", "stand=neu", "stand=neu&stand=abgelehnt", "uns=gemeldet", "uns=stimmen&uns=betrifft", "bereich=suche",
     "bereich=auswertung&uns=betrifft", "sortierung=neueste", "sortierung=bewegt&uns=gemeldet", "q=Wunsch",
     "q=Wunsch&sortierung=rang", "q=Wunsch&stand=neu&sortierung=rang&uns=stimmen", "q=Wunsch&sortierung=neueste"],
)  # fmt: skip
def test_every_question_gets_the_tickets_that_fit_in_their_order(ahausen, bedorf, query):
    town, neighbour = editor_of(ahausen), editor_of(bedorf)
    wishes = []
    for number in range(12):
        by = town if number % 3 else neighbour
        area = ("search", "planning", "other")[number % 3 - 1]
        wishes.append(services.report(by=by, kind="wish", title=f"Wunsch Nummer {number}", area=area))
    for number, wish in enumerate(wishes):
        if number % 4 == 1:
            cast(wish, 1 + number % 2, by=town)
        if number % 5 == 0:
            services.concern(wish, by=neighbour if number % 3 else town)
    services.change_state(wishes[7], State.DECLINED, by=OPERATOR, reason="Nein.")
    merge(wishes[2], wishes[3], by=OPERATOR)
    asked = understood(RequestFactory().get(f"/?{query}").GET, Kind.WISH, is_operator=False)
    found = shown(asked, town, None)

    def fits(ticket):
        mine = {"ticket": ticket, "participant": town.participant}
        ours = {
            Ours.REPORTED: ticket.reporter == town.participant,
            Ours.CONCERNED: Concern.objects.filter(**mine).exists(),
            Ours.VOTED: Vote.objects.filter(**mine).exists(),
        }
        return (
            ticket.state in asked.wanted_states
            and (not asked.areas or ticket.area in asked.areas)
            and (not asked.ours or any(ours[each] for each in asked.ours))
        )

    def rank(ticket):
        return (-ticket.standing.votes, -ticket.standing.concerned, ticket.pk)

    orders = {
        "neueste": lambda ticket: (-ticket.created_at.timestamp(), -ticket.pk),
        "bewegt": lambda ticket: (-ticket.changed_at.timestamp(), -ticket.pk),
        "rang": rank,
    }
    standing = Ticket.objects.filter(kind="wish", merged_into=None).select_related("standing")
    expected = [each for each in standing if fits(each)]
    assert found.total == len(expected)
    if asked.sort.value in orders:
        assert [row.pk for row in found.rows] == [each.pk for each in sorted(expected, key=orders[asked.sort.value])]
    else:
        assert {row.pk for row in found.rows} == {each.pk for each in expected}
    assert known_to(town, "wish").counted() == slowly_counted(town, "wish")
    some = {each.pk for each in wishes[::2]}
    assert known_to(town, "wish").counted(some) == slowly_counted(town, "wish", some)


def test_the_board_counts_for_nobody_who_does_not_see_all(ahausen):
    with pytest.raises(ValueError, match="see all"):
        known_to(provider_of(ahausen), "wish")
