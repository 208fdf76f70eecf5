"""Results by district, age or target group: only where no cell, and no difference to the whole, has fewer than five."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.surveys.few import told_columns
from portal.surveys.models import NO_ANSWER, Kind
from portal.surveys.results import Outcome, Results, Row

# A number and a share for each column, None where it is not told.
Line = list[tuple[int, float] | None]
# How often any of these answers was given, by column.
Cells = Callable[[Sequence[int]], list[int]]
GOOD = 4
"""From this step on a scale is said to be at its upper end."""


@dataclass(frozen=True, slots=True)
class ByGroup:
    """A question (`outcome`) broken down by another. `rows`: a label, and for each column what is told."""

    outcome: Outcome
    by: Outcome
    columns: list[str]
    rows: list[tuple[str, Line]]


def by_groups(results: Results) -> list[ByGroup]:
    """All tables of which something is told."""
    made = [
        _table(results, outcome, by)
        for by in results.outcomes
        if by.question.breaks_down and by.rows
        for outcome in results.outcomes
        if outcome.rows and outcome.question.kind != Kind.NUMBER and not outcome.question.breaks_down
    ]
    return [each for each in made if each is not None]


def _table(results: Results, outcome: Outcome, by: Outcome) -> ByGroup | None:
    crossed = results.crossed.get((outcome.question.pk, by.question.pk), Counter())
    # The last column is of those who did not say to which group they belong.
    columns = [*(row.values for row in by.rows), (NO_ANSWER,)]

    def cells(values: Sequence[int]) -> list[int]:
        return [sum(crossed.get((value, group), 0) for value in values for group in column) for column in columns]

    if outcome.question.kind == Kind.MANY:
        rows = _ticked(results, outcome, cells, columns, by)
    else:
        rows = _parts(outcome, cells)
    told = [place for place in range(len(by.rows)) if any(cell[place] for _label, cell in rows)]
    if not told:
        return None
    kept = [(label, [cell[place] for place in told]) for label, cell in rows if any(cell[place] for place in told)]
    return ByGroup(outcome, by, [by.rows[place].label for place in told], kept)


def _parts(outcome: Outcome, cells: Cells) -> list[tuple[str, Line]]:
    """Each answer that is told by itself; a scale in two halves, for whole steps would need very many people."""
    rows = [row for row in outcome.rows if row.number]
    if outcome.question.kind == Kind.SCALE:
        rows = _halves(rows)
    if len(rows) < 2:
        return []
    table = [cells(row.values) for row in rows]
    shown = told_columns(table, range(len(table[0]) - 1))
    sums = [sum(row[column] for row in table) for column in range(len(table[0]))]
    return [
        (row.label, [(line[c], 100 * line[c] / sums[c]) if c in shown else None for c in range(len(line) - 1)])
        for row, line in zip(rows, table, strict=True)
    ]


def _halves(rows: list[Row]) -> list[Row]:
    """The upper end and the rest, made of rows that are told."""
    upper = [row for row in rows if row.values[-1] >= GOOD]
    lower = [row for row in rows if row.values[-1] < GOOD]
    return [_joined(half) for half in (upper, lower) if half]


def _joined(rows: list[Row]) -> Row:
    values = tuple(sorted(value for row in rows for value in row.values))
    label = str(values[0]) if len(values) == 1 else _("%(low)d to %(high)d") % {"low": values[0], "high": values[-1]}
    return Row(label, sum(row.number or 0 for row in rows), None, values)


def _ticked(
    results: Results, outcome: Outcome, cells: Cells, columns: Sequence[Sequence[int]], by: Outcome
) -> list[tuple[str, Line]]:
    """Each of several answers for itself: who ticked it, and who did not."""
    of_groups = results.counts[by.question.pk]
    groups = [sum(of_groups[value] for value in column) for column in columns]
    empty = cells([NO_ANSWER])
    answered = [group - none for group, none in zip(groups, empty, strict=True)]
    made: list[tuple[str, Line]] = []
    for row in outcome.rows:
        if not row.number or row.number == outcome.answered:
            continue
        ticked = cells(row.values)
        table = [ticked, [whole - part for whole, part in zip(answered, ticked, strict=True)]]
        shown = told_columns(table, range(len(ticked) - 1))
        share = [100 * part / whole if whole else 0.0 for part, whole in zip(ticked, answered, strict=True)]
        made.append((row.label, [(ticked[c], share[c]) if c in shown else None for c in range(len(ticked) - 1)]))
    return made
