"""Rows that would be right with what we suggest: found out by reading them once more with it."""

from portal.exchange.excel.mapping import Group, Mapper
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.result import Level, Problem
from portal.exchange.excel.services import Reading
from portal.exchange.excel.tables import Row
from portal.preferences.models import Preferences

MOST_ROUNDS = 4
"""A cell tells its first mistake only: with that put right it may tell the next."""
Fixed = dict[int, dict[str, str]]


class Suggester:
    """Knows a table, and asks what a row would say with other cells."""

    def __init__(self, reading: Reading, preferences: Preferences) -> None:
        self._notes = Notes(reading.sheet)
        self._mapper = Mapper(reading.sheet, self._notes, reading.mapper.vocabulary, preferences)
        self._mapper.share(reading.mapper.gazetteer)

    def for_group(self, group: Group, problems: list[Problem]) -> Fixed:
        """By row, the cells that make the whole offer right; nothing where that cannot be known."""
        fixed: Fixed = {}
        for _round in range(MOST_ROUNDS):
            errors = [problem for problem in problems if problem.level == Level.ERROR]
            if not errors:
                return fixed
            if not all(problem.suggestion and problem.key for problem in errors):
                return {}
            for problem in errors:
                fixed.setdefault(problem.row, {})[problem.key] = problem.suggestion
            problems = self._problems(group, fixed)
        return {}

    def _problems(self, group: Group, fixed: Fixed) -> list[Problem]:
        self._notes.problems.clear()
        self._notes.failed_rows.clear()
        rows = [Row(row.number, row.cells | fixed.get(row.number, {})) for row in group.rows]
        self._mapper.plan(Group(group.uid, rows))
        return list(self._notes.problems)
