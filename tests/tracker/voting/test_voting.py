"""Votes on wishes: never over the budget, kept by merges, back when a wish ends."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import services
from tracker.tickets.models import State, Ticket, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.uniting import merge
from tracker.voting.doors import rows, section
from tracker.voting.models import Purse, Standing, Vote
from tracker.voting.services import OverBudgetError, cast, held_of, purse_of


def standing_of(ticket):
    return Standing.objects.get(ticket=ticket)


def a_wish(by, title="Kalender übernehmen", kind="wish"):
    return services.report(by=by, kind=kind, title=title)


@pytest.fixture
def editor(ahausen):
    return editor_of(ahausen)


@pytest.fixture
def neighbour(bedorf):
    return editor_of(bedorf)


def spent(viewer):
    return purse_of(viewer.participant).spent


def test_a_vote_costs_its_square_and_can_be_changed_and_taken_back(editor):
    wish = a_wish(editor)
    for votes, points in ((3, 9), (5, 25), (1, 1), (0, 0)):
        assert cast(wish, votes, by=editor) == (votes, points)
        assert (spent(editor), standing_of(wish).votes, standing_of(wish).voters) == (points, votes, bool(votes))
    assert not Vote.objects.exists()


def test_nobody_gets_over_the_budget_and_nothing_is_lost_by_trying(editor):
    wishes = [a_wish(editor, f"Wunsch {n}") for n in range(5)]
    for wish in wishes[:4]:
        cast(wish, 5, by=editor)
    with pytest.raises(OverBudgetError) as caught:
        cast(wishes[4], 1, by=editor)
    assert (caught.value.points, caught.value.free) == (1, 0)
    cast(wishes[0], 4, by=editor)
    assert cast(wishes[4], 3, by=editor) == (3, 9)
    assert spent(editor) == 100


def test_the_database_itself_refuses_what_exceeds_the_budget(editor):
    wishes = [a_wish(editor, f"Wunsch {n}") for n in range(2)]
    year = purse_of(editor.participant).year
    mine = {"participant": editor.participant, "year": year}
    Vote.objects.create(ticket=wishes[0], votes=9, points=81, **mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(ticket=wishes[1], votes=5, points=25, **mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(ticket=wishes[1], votes=2, points=5, **mine)
    assert spent(editor) == 81


@pytest.mark.parametrize("votes", [-1, 6, 100])
def test_other_numbers_are_no_choice(editor, votes):
    with pytest.raises(ValidationError):
        cast(a_wish(editor), votes, by=editor)


@pytest.mark.parametrize("kind", ["bug", "question"])
def test_only_wishes_are_voted_on(editor, kind):
    ticket = a_wish(editor, kind=kind)
    with pytest.raises(ValidationError):
        cast(ticket, 1, by=editor)
    assert section(ticket, editor) is None


def test_the_operator_has_no_votes(editor):
    with pytest.raises(ValidationError):
        cast(a_wish(editor), 1, by=OPERATOR)


def test_points_come_back_when_a_wish_ends_and_its_votes_are_history(editor, neighbour):
    wish = a_wish(editor)
    cast(wish, 4, by=editor)
    cast(wish, 2, by=neighbour)
    services.change_state(wish, State.DECLINED, by=OPERATOR, reason="Geht schon.")
    assert (spent(editor), spent(neighbour)) == (0, 0)
    standing = standing_of(wish)
    assert (standing.votes, standing.past, standing.voters) == (0, 6, 2)
    with pytest.raises(ValidationError):
        cast(wish, 1, by=editor)
    wish.refresh_from_db()
    shown = section(wish, editor)
    assert (shown["open"], shown["choices"], shown["returned"].points) == (False, [], 16)


def test_a_reopened_wish_has_its_votes_again_as_far_as_points_are_left(editor, neighbour):
    wish, others = a_wish(editor), [a_wish(editor, f"Anderer {n}") for n in range(4)]
    cast(wish, 5, by=editor)
    cast(wish, 2, by=neighbour)
    services.change_state(wish, State.ROLLED_OUT, by=OPERATOR)
    for other in others[:3]:
        cast(other, 5, by=editor)
    cast(others[3], 4, by=editor)
    services.reopen(wish, by=OPERATOR)
    assert held_of(wish, editor.participant) == (3, 9)
    assert held_of(wish, neighbour.participant) == (2, 4)
    assert spent(editor) == 100
    assert (standing_of(wish).votes, standing_of(wish).past) == (5, 0)


def test_who_has_nothing_left_has_no_votes_on_a_reopened_wish(editor):
    wish, others = a_wish(editor), [a_wish(editor, f"Anderer {n}") for n in range(4)]
    cast(wish, 1, by=editor)
    services.change_state(wish, State.ROLLED_OUT, by=OPERATOR)
    for other in others:
        cast(other, 5, by=editor)
    services.reopen(wish, by=OPERATOR)
    assert not Vote.objects.filter(ticket=wish).exists()
    assert standing_of(wish).voters == 0


def test_a_merge_keeps_every_vote_for_what_was_paid_and_says_how_many(editor, neighbour):
    source, target = a_wish(editor, "Kalender"), a_wish(neighbour, "Termine")
    cast(source, 4, by=editor)
    cast(target, 3, by=editor)
    cast(source, 2, by=neighbour)
    moved = merge(source, target, by=OPERATOR)
    assert "6 Stimmen" in [str(each) for each in moved]
    assert held_of(target, editor.participant) == (7, 25)
    assert held_of(target, neighbour.participant) == (2, 4)
    assert (spent(editor), spent(neighbour)) == (25, 4)
    standing = standing_of(target)
    assert (standing.votes, standing.voters, standing.concerned) == (9, 2, 2)
    assert standing_of(source).votes == 0


def test_after_a_merge_fewer_votes_never_cost_more(editor):
    source, target = a_wish(editor, "Kalender"), a_wish(editor, "Termine")
    cast(source, 3, by=editor)
    cast(target, 3, by=editor)
    merge(source, target, by=OPERATOR)
    assert held_of(target, editor.participant) == (6, 18)
    assert [each.votes for each in section(target, editor)["choices"]] == [0, 1, 2, 3, 4, 5, 6]
    assert cast(target, 6, by=editor) == (6, 18)
    assert cast(target, 5, by=editor) == (5, 18)
    assert cast(target, 4, by=editor) == (4, 16)


def test_even_a_municipality_that_has_spent_everything_keeps_all_its_votes_in_a_merge(editor):
    wishes = [a_wish(editor, f"Wunsch {n}") for n in range(4)]
    for wish in wishes:
        cast(wish, 5, by=editor)
    for wish in wishes[1:]:
        merge(wish, wishes[0], by=OPERATOR)
    assert held_of(wishes[0], editor.participant) == (20, 100)
    assert spent(editor) == 100


def test_votes_set_by_an_old_page_on_a_merged_wish_count_for_the_one_that_stays(editor):
    source, target = a_wish(editor, "Kalender"), a_wish(editor, "Termine")
    merge(source, target, by=OPERATOR)
    cast(source, 2, by=editor)
    assert held_of(target, editor.participant) == (2, 4)


def test_what_had_come_back_stays_history_in_a_merge(editor):
    source, target = a_wish(editor, "Kalender"), a_wish(editor, "Termine")
    cast(source, 4, by=editor)
    services.change_state(source, State.DECLINED, by=OPERATOR, reason="Doppelt.")
    cast(target, 2, by=editor)
    merge(source, target, by=OPERATOR)
    assert held_of(target, editor.participant) == (2, 4)
    assert spent(editor) == 4


def test_a_merge_into_what_has_ended_gives_the_points_back(editor):
    source, target = a_wish(editor, "Kalender"), a_wish(editor, "Termine")
    cast(source, 4, by=editor)
    cast(target, 2, by=editor)
    services.change_state(target, State.ROLLED_OUT, by=OPERATOR)
    merge(source, target, by=OPERATOR)
    assert spent(editor) == 0
    assert standing_of(target).past == 6


def test_a_new_year_fills_the_purse_and_last_years_votes_stay_counted(editor):
    with time_machine.travel("2026-11-29 12:00", tick=False):
        wish = a_wish(editor)
        cast(wish, 5, by=editor)
    with time_machine.travel("2027-01-01 00:30+01:00", tick=False):
        assert (purse_of(editor.participant).year, spent(editor)) == (2027, 0)
        cast(wish, 2, by=editor)
        assert (spent(editor), standing_of(wish).votes, standing_of(wish).voters) == (4, 7, 1)
        services.change_state(wish, State.ROLLED_OUT, by=OPERATOR)
        assert list(Purse.objects.order_by("year").values_list("year", "spent")) == [(2026, 0), (2027, 0)]


def test_a_municipality_that_is_gone_stays_counted(editor, ahausen):
    wish = a_wish(editor)
    cast(wish, 3, by=editor)
    town = editor.participant
    type(town).objects.filter(pk=town.pk).update(left_at="2026-11-29T00:00Z", slug=None, name="", shown_name="")
    assert standing_of(wish).votes == 3
    assert [row["municipality"] for row in rows(OPERATOR)] == ["ehemalige Kommune"]


def test_the_export_of_a_municipality_holds_its_own_votes_alone(editor, neighbour):
    wish = a_wish(editor)
    cast(wish, 3, by=editor)
    cast(wish, 2, by=neighbour)
    assert [(row["votes"], row["points"]) for row in rows(neighbour)] == [(2, 4)]
    assert len(list(rows(OPERATOR))) == 2
    assert not list(rows(of_municipality(editor.participant, "provider", person=1)))


def test_deleting_a_ticket_leaves_nothing_of_its_standing(editor):
    wish = a_wish(editor)
    cast(wish, 3, by=editor)
    Vote.objects.filter(ticket=wish).delete()
    pk = wish.pk
    wish.comments.all().delete()
    Ticket.objects.filter(pk=pk).delete()
    assert spent(editor) == 0


def test_the_rank_counts_municipalities_concerned(ahausen, bedorf, editor, neighbour):
    wish = a_wish(editor)
    services.concern(wish, by=neighbour)
    assert standing_of(wish).concerned == 2
    services.unconcern(wish, by=neighbour)
    assert standing_of(wish).concerned == 1
    assert participant_of(ahausen) == editor.participant
