"""Nobody is found in the results: whoever sees all numbers that are told, and takes sums and differences of them as
they please, never gets a number of one to four people who gave an answer."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.surveys.few import one_of_many, together, told_columns
from portal.surveys.groups import by_groups
from portal.surveys.models import Kind, Question
from portal.surveys.results import Results, outcome_of

FEW = range(1, 5)
EMPTY = -1
OPTIONS = ("Kurse", "Treffpunkte", "Beratung", "Sport")
DISTRICTS = (11, 12, 13, 14)
counts = st.lists(st.integers(0, 14), min_size=1, max_size=9)


@given(counts, st.booleans())
def test_parts_are_a_partition_and_each_has_none_or_five(numbers, ordered):
    parts = together(numbers, ordered=ordered)
    if sum(numbers) < 5:
        assert parts == []
        return
    assert sorted(place for part in parts for place in part) == list(range(len(numbers)))
    sizes = [sum(numbers[place] for place in part) for part in parts]
    assert not set(sizes) & set(FEW)
    if ordered:
        assert all(part == list(range(part[0], part[-1] + 1)) for part in parts)


def test_what_is_large_enough_stays_alone():
    assert together([9, 0, 7, 5], ordered=False) == [[0], [1], [2], [3]]
    assert together([9, 2, 7, 30], ordered=False) == [[0], [1, 2], [3]]
    assert together([9, 2, 7, 30], ordered=True) == [[0], [1, 2], [3]]
    assert together([30, 2, 40], ordered=True) == [[0, 1], [2]]


def test_a_number_of_several_answers_needs_five_on_both_sides():
    assert [one_of_many(count, 20) for count in (0, 1, 4, 5, 15, 16, 19, 20)] == [
        True, False, False, True, True, False, False, True,
    ]  # fmt: skip


def test_a_group_is_told_only_while_the_others_stay_five():
    table = [[9, 8, 2], [7, 6, 9]]
    assert told_columns(table, range(3)) == [0]
    assert told_columns([[9, 8], [7, 6]], range(2)) == [0, 1]
    assert told_columns([[9, 8, 1], [7, 6, 0]], range(3)) == [0]
    assert told_columns([[9, 1], [7, 0]], range(2)) == []


def question(pk, kind, **fields):
    return Question(pk=pk, kind=kind, text=f"Frage {pk}?", **fields)


QUESTIONS = [
    question(1, Kind.ONE, options=list(OPTIONS)),
    question(2, Kind.SCALE),
    question(3, Kind.MANY, options=list(OPTIONS)),
    question(4, Kind.YES_NO),
    question(5, Kind.DISTRICT, breakdown=True, listed=[[pk, f"Ort {pk}"] for pk in DISTRICTS]),
    question(6, Kind.AGE, breakdown=True),
]
# Few of some, many of others: so that some groups are told, and what is left is near the limit.
often = st.sampled_from
person = st.tuples(
    often([0, 0, 0, 1, 1, 1, 2, 3, EMPTY]),
    often([1, 2, 2, 4, 4, 4, 5, 5, EMPTY]),
    st.sets(often([0, 0, 1, 1, 2, 3])),
    often([0, 0, 1, 1, EMPTY]),
    often([11, 11, 11, 12, 12, 13, 14, EMPTY]),
    often([0, 18, 27, 27, 27, 45, 45, 65, EMPTY]),
)
towns = st.integers(0, 90).flatmap(lambda size: st.lists(person, min_size=size, max_size=size))
# All of one mind but one, in two districts of which one is small.
EDGE = [(0, 5, {0}, 1, 11, 27)] * 24 + [(1, 1, {1}, 0, 11, 27)] * 9 + [(0, 4, {0, 1}, 0, 12, 45)] * 3


def values_of(row):
    return [row[0], row[1], sorted(row[2]) or [EMPTY], row[3], row[4], row[5]]


def results(people):
    """As they would be counted, without a database."""
    numbers, crossed = defaultdict(Counter), defaultdict(Counter)
    for row in people:
        given_values = [each if isinstance(each, list) else [each] for each in values_of(row)]
        for each, values in zip(QUESTIONS, given_values, strict=True):
            numbers[each.pk].update(values)
            for by in QUESTIONS[4:]:
                for value in values if each.pk < 5 else []:
                    crossed[each.pk, by.pk][value, given_values[by.pk - 1][0]] += 1
    outcomes = [outcome_of(each, len(people), numbers[each.pk], []) for each in QUESTIONS]
    return Results(None, len(people), [], outcomes, numbers, crossed)


def has(row, pk, value):
    found = values_of(row)[pk - 1]
    return value in found if isinstance(found, list) else found == value


def knowledge(told, people):
    """Every number somebody reads, as what it is the number of: (question, values), (question, values, by, values)."""
    facts = []
    for outcome in told.outcomes:
        facts.append(((outcome.question.pk, (EMPTY,)), outcome.empty))
        facts += [((outcome.question.pk, row.values), row.number) for row in outcome.rows if row.number is not None]
    for table in by_groups(told):
        groups = {row.label: row.values for row in table.by.rows}
        labels = {row.label: row.values for row in table.outcome.rows}
        labels |= {"4 bis 5": (4, 5), "1 bis 3": (1, 2, 3), "4 to 5": (4, 5), "1 to 3": (1, 2, 3)}
        for label, cells in table.rows:
            for column, cell in zip(table.columns, cells, strict=True):
                values = labels.get(label) or tuple(range(int(label[0]), int(label[-1]) + 1))
                if cell:
                    facts.append(((table.outcome.question.pk, values, table.by.question.pk, groups[column]), cell[0]))
    return facts


def true_number(people, fact):
    pk, values, *by = fact
    return sum(
        any(has(row, pk, value) for value in values) and (not by or any(has(row, by[0], value) for value in by[1]))
        for row in people
    )


@settings(max_examples=60)
@given(towns)
@example(EDGE)
def test_what_is_told_equals_a_recount_and_is_none_or_five(people):
    told = results(people)
    if not told.is_told:
        return
    for fact, number in knowledge(told, people):
        assert number == true_number(people, fact), fact
        if fact[1] != (EMPTY,):
            assert number not in FEW, fact
            assert len(fact) == 2 or number >= 5, fact


def derivable(known, wanted):
    """Whether this sum of cells follows from those."""
    if not known:
        return False
    return np.linalg.matrix_rank(np.array([*known, wanted])) == np.linalg.matrix_rank(np.array(known))


@settings(max_examples=40)
@given(towns)
@example(EDGE)
def test_no_small_cell_follows_from_all_that_is_told(people):
    """Each pair of a question and one it is broken down by is a table of cells; every told number is a sum of them."""
    told = results(people)
    facts = [each[0] for each in knowledge(told, people)] if told.is_told else []
    for pk, options in ((1, (0, 1, 2, 3)), (2, (1, 2, 3, 4, 5)), (4, (0, 1))):
        for by, groups in ((5, DISTRICTS), (6, (0, 18, 27, 45, 65))):
            cells = [(value, group) for value in (*options, EMPTY) for group in (*groups, EMPTY)]
            known = [[1.0] * len(cells)]
            for fact in facts:
                if fact[0] == pk and (len(fact) == 2 or fact[2] == by):
                    of_group = fact[3] if len(fact) == 4 else (*groups, EMPTY)
                    known.append([float(value in fact[1] and group in of_group) for value, group in cells])
                if fact[0] == by and len(fact) == 2:
                    known.append([float(group in fact[1]) for _value, group in cells])
            for place, (value, group) in enumerate(cells):
                number = true_number(people, (pk, (value,), by, (group,)))
                if number in FEW and value != EMPTY:
                    assert not derivable(known, np.eye(len(cells))[place]), (pk, value, by, group, number)
