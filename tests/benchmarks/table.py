"""The table `make bench` prints."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. `ratio` is ours divided by what it is measured against; `limit` is what it may be at most."""

    name: str
    ours: str
    against: str
    ratio: float
    limit: float | None

    @property
    def kept(self) -> bool:
        return self.limit is None or self.ratio <= self.limit

    def __str__(self) -> str:
        limit = "–" if self.limit is None else f"≤ {self.limit:g}"
        verdict = "" if self.limit is None else ("kept" if self.kept else "MISSED")
        return f"{self.name:<52} {self.ours:>12} {self.against:>30} {self.ratio:>8.2f} {limit:>7} {verdict}"


def head() -> str:
    """The headings of the table."""
    return f"{'what':<52} {'ours':>12} {'against':>30} {'ratio':>8} {'limit':>7}"


def seconds(work: Callable[[], object], *, rounds: int, between: Callable[[], object] = lambda: None) -> float:
    """The median time of some rounds of work, in seconds; `between` is not counted."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
        between()
    return statistics.median(times)
