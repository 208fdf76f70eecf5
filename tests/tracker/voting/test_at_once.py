"""Twenty connections at once: no budget is exceeded, no vote counts twice, no sum is paid twice."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from core.access import Role
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.tracker.people import OPERATOR, editor_of
from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.services import estimate, join, pledge
from tracker.tickets import services
from tracker.tickets.models import Participant, Ticket, of_municipality
from tracker.tickets.uniting import merge
from tracker.voting.models import Purse, Standing, Vote
from tracker.voting.prices import BUDGET
from tracker.voting.services import OverBudgetError, cast

pytestmark = pytest.mark.usefixtures("own_database")
MANY = 20


def at_once(deeds):
    """Each over a connection of its own; what was refused, and whatever else went wrong."""
    ready, refused, broken = Barrier(len(deeds)), [], []

    def act(deed):
        try:
            with inside_public():
                ready.wait()
                deed()
        except (OverBudgetError, ValidationError) as error:
            refused.append(error)
        except Exception as error:  # noqa: BLE001 - told by the test
            broken.append(error)
        finally:
            connection.close()

    people = [Thread(target=act, args=(deed,)) for deed in deeds]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert broken == []
    return refused


@pytest.fixture
def editor():
    town = municipality("ahausen")
    with inside(town):
        return editor_of(town)


def wishes(editor, number):
    return [services.report(by=editor, kind="wish", title=f"Wunsch {each}") for each in range(number)]


def test_twenty_votes_at_once_for_as_many_wishes_never_exceed_the_budget(editor):
    refused = at_once([lambda wish=wish: cast(wish, 4, by=editor) for wish in wishes(editor, MANY)])
    assert len(refused) == MANY - BUDGET // 16
    assert Purse.objects.get().spent == Vote.objects.aggregate(sum=Sum("points"))["sum"] == 96
    assert Standing.objects.aggregate(sum=Sum("votes"))["sum"] == Vote.objects.aggregate(sum=Sum("votes"))["sum"] == 24


def test_the_same_vote_from_twenty_tabs_counts_once(editor):
    (wish,) = wishes(editor, 1)
    assert at_once([lambda: cast(wish, 5, by=editor)] * MANY) == []
    assert (Vote.objects.get().points, Purse.objects.get().spent, Standing.objects.get().votes) == (25, 25, 5)


def towns(number):
    rows = [
        Participant(slug=f"stadt-{each}", name=f"Stadt {each}", shown_name=f"Redaktion Stadt {each}", inhabitants=each)
        for each in range(1, number + 1)
    ]
    return [of_municipality(town, Role.EDITOR, person=1) for town in Participant.objects.bulk_create(rows)]


def test_twenty_municipalities_vote_for_one_wish_while_it_is_merged_and_no_vote_is_lost(editor):
    source, target = wishes(editor, 2)
    voters = towns(MANY - 1)
    deeds = [lambda by=by: cast(source, 2, by=by) for by in voters]
    assert at_once([*deeds, lambda: merge(source, target, by=OPERATOR)]) == []
    assert not Vote.objects.filter(ticket=source).exists()
    standing = Standing.objects.get(ticket=target)
    assert (standing.votes, standing.voters) == (2 * (MANY - 1), MANY - 1)
    assert set(Purse.objects.values_list("spent", flat=True)) == {4}


def test_votes_set_while_a_wish_ends_all_come_back(editor):
    (wish,) = wishes(editor, 1)
    voters = towns(MANY - 1)
    deeds = [lambda by=by: cast(wish, 3, by=by) for by in voters]
    at_once([*deeds, lambda: services.change_state(wish, "declined", by=OPERATOR, reason="Geht schon.")])
    assert not Vote.objects.held().exists()
    assert set(Purse.objects.values_list("spent", flat=True)) <= {0}


def test_twenty_amounts_at_once_are_never_more_than_the_estimate(editor):
    (wish,) = wishes(editor, 1)
    estimate(wish, 100_000, by=OPERATOR)
    join(wish, by=editor, key=Key.AMOUNTS, cents=30_000)
    refused = at_once([lambda by=by: join(wish, by=by, cents=9_000) for by in towns(MANY)])
    assert len(refused) == MANY - 7
    assert Part.objects.aggregate(sum=Sum("share"))["sum"] == 93_000
    assert not Funding.objects.get().is_final


def test_twenty_join_and_pledge_at_once_and_every_cent_is_paid_once(editor):
    (wish,) = wishes(editor, 1)
    estimate(wish, 100_003, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    others = towns(MANY)
    assert at_once([lambda by=by: join(wish, by=by) for by in others]) == []
    assert at_once([lambda by=by: pledge(wish, 100_003, by=by) for by in [*others[1:], editor]]) == []
    assert not Funding.objects.get().is_final
    pledge(wish, 100_003, by=others[0])
    assert Funding.objects.get().is_final
    assert Part.objects.aggregate(sum=Sum("share"))["sum"] == 100_003
    assert Ticket.objects.get().state == "new"
