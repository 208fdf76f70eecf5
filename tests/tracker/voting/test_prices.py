"""Votes cost their square, and a merge takes nothing from anybody."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.voting.prices import BUDGET, MOST, Held, affordable, choices, joined, points_for

numbers = st.integers(min_value=0, max_value=MOST)
bought = numbers.map(lambda votes: Held(votes, votes * votes))


def test_votes_cost_their_square() -> None:
    assert [points_for(each) for each in range(6)] == [0, 1, 4, 9, 16, 25]


@given(bought, bought)
def test_a_merge_keeps_every_vote_at_the_price_that_was_paid(one: Held, other: Held) -> None:
    both = joined(one, other)
    assert both.votes == one.votes + other.votes
    assert both.points == one.points + other.points <= points_for(both.votes)
    assert points_for(both.votes, both) == both.points


@given(bought, bought, st.integers(min_value=0, max_value=20))
def test_fewer_votes_never_cost_more(one: Held, other: Held, wanted: int) -> None:
    both = joined(one, other)
    assert points_for(wanted, both) <= points_for(wanted + 1, both)


@given(bought, bought, st.integers(min_value=-5, max_value=BUDGET))
def test_what_is_set_again_never_exceeds_what_is_left(one: Held, other: Held, left: int) -> None:
    both = joined(one, other)
    again = affordable(both, left)
    assert again.votes <= both.votes
    assert again.points <= max(left, 0)
    if both.points <= left:
        assert again == both


@given(bought, st.integers(min_value=0, max_value=BUDGET))
def test_a_choice_that_misses_nothing_fits_into_the_budget(held: Held, left: int) -> None:
    for each in choices(held, left):
        assert each.missing == max(each.points - held.points - left, 0)


def test_after_a_merge_the_number_held_can_be_chosen_too() -> None:
    assert [each.votes for each in choices(Held(8, 32), 0)] == [0, 1, 2, 3, 4, 5, 8]
    assert [each.missing for each in choices(Held(8, 32), 0)] == [0] * 7
