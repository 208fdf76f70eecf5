"""Whose figures are in a month: whoever joins or leaves, no two months told differ by one or two municipalities."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.choosing import choose
from comparison.figures import rounded

TOWNS = st.integers(0, 11)


def lot(town):
    return f"{town * 7 % 13:02}"


@settings(max_examples=40)
@given(st.frozensets(TOWNS, min_size=4), st.lists(st.frozensets(TOWNS, max_size=3), max_size=8))
def test_no_difference_of_two_months_tells_of_fewer_than_three(first, changes):
    pool, told = first, []
    for change in [frozenset(), *changes]:
        pool = pool ^ change
        chosen = choose(pool, told, lot)
        assert chosen <= pool, "somebody who left, or never agreed"
        assert len(chosen) == 0 or len(chosen) >= 6
        for other in told:
            assert not chosen or chosen == other or len(chosen ^ other) >= 3
        if chosen:
            told.insert(0, chosen)


def test_enough_newcomers_come_in_at_once_and_fewer_wait():
    six = frozenset(range(6))
    assert choose(six - {0}, [], lot) == frozenset()
    assert choose(six, [], lot) == six
    assert choose(six | {6, 7}, [six], lot) == six
    assert choose(six | {6, 7, 8}, [six], lot) == six | {6, 7, 8}


def test_where_one_leaves_others_sit_out_or_nothing_is_told():
    eight, nine = frozenset(range(8)), frozenset(range(9))
    left = choose(nine - {4}, [nine], lot)
    assert len(left) == 6
    assert 4 not in left
    assert choose(eight - {4}, [eight], lot) == frozenset()


def test_a_month_with_many_is_decided_quickly_enough_to_be_told():
    many = frozenset(range(400))
    chosen = choose(many - {17}, [many], lot)
    assert len(chosen ^ many) == 3
    assert 17 not in chosen


def test_medians_are_told_with_two_digits():
    told = [rounded(each) for each in (0, 317, 315, 4.56, 0.1234, 99.6, 12.5, 1000, 7)]
    assert told == [0, 320, 320, 4.6, 0.12, 100, 13, 1000, 7]
