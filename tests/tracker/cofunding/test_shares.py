"""The sum is right to the cent, whoever takes part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cofunding.shares import distribute, offered

sums = st.integers(min_value=0, max_value=10**10)
weights = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=200)


@given(sums, weights)
def test_the_shares_always_make_the_sum(cents: int, given_weights: list[int]) -> None:
    assert sum(distribute(cents, given_weights)) == cents


@given(sums, weights)
def test_no_share_is_a_whole_cent_away_from_the_exact_one(cents: int, given_weights: list[int]) -> None:
    total = sum(given_weights)
    shares = distribute(cents, given_weights)
    for weight, share in zip(given_weights, shares, strict=True):
        exact, among = (cents * weight, total) if total else (cents, len(given_weights))
        assert abs(share * among - exact) < among


@given(sums, weights)
def test_equal_weights_differ_by_a_cent_at_most_and_the_larger_never_pays_less(cents: int, some: list[int]) -> None:
    shares = distribute(cents, some)
    for (weight, share), (next_weight, next_share) in zip(
        sorted(zip(some, shares, strict=True))[:-1], sorted(zip(some, shares, strict=True))[1:], strict=True
    ):
        assert share <= next_share or (weight == next_weight and share - next_share <= 1)


@given(sums, weights)
def test_offers_are_taken_as_they_are_until_they_are_too_much(cents: int, amounts: list[int]) -> None:
    shares = offered(cents, amounts)
    assert sum(shares) == min(cents, sum(amounts))
    assert all(share <= amount + 1 for share, amount in zip(shares, amounts, strict=True))
    if sum(amounts) <= cents:
        assert shares == amounts


def test_the_example_of_the_design() -> None:
    inhabitants = [326_638, 315_554, 112_195, 49_104, 40_231, 35_113]
    assert distribute(480_000, inhabitants) == [178_402, 172_349, 61_278, 26_820, 21_973, 19_178]


def test_cents_left_over_go_to_the_first_of_equals() -> None:
    assert distribute(100, [1, 1, 1]) == [34, 33, 33]


def test_without_any_weight_all_are_alike() -> None:
    assert distribute(101, [0, 0]) == [51, 50]
    assert distribute(5, []) == []


@pytest.mark.parametrize(("cents", "some"), [(-1, [1]), (1, [-1])])
def test_nothing_below_zero_is_shared_out(cents: int, some: list[int]) -> None:
    with pytest.raises(ValueError, match="below zero"):
        distribute(cents, some)
