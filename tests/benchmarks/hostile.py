"""Texts from outside that were made to be slow: a time in proportion to their length, and near that of honest ones."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from core.html import clean_html, has_active_content, plain_text
from core.text import fold
from portal.differences.sides import folded
from portal.exchange.addresses import address
from portal.exchange.excel.columns import heading_key
from portal.exchange.excel.texts import to_html, to_plain
from portal.exchange.typo3.values import opening_hours, youtube
from portal.feedback.spam import links_in
from portal.revisions.wording import compare_markup, compare_text
from portal.translation.rewriting import Place, keep_language_in_page
from tests import hostile
from tests.benchmarks.table import Row

LENGTH = 160_000
MOST_GROWTH = 2.5
MOST_DEARER = 12.0
ROUNDS = 5
LONG_TEXT = 100_000
SHORTEST, LONGEST = 0.01, 2.0
HERE = Place("http://ahausen.localhost", "en")


def _youtube(text: str) -> None:
    try:
        youtube(text)
    except ValueError:
        return


READERS: dict[str, Callable[[str], object]] = {
    "clean_html": clean_html,
    "plain_text": plain_text,
    "has_active_content": has_active_content,
    "fold": lambda text: fold(text.replace("\ud800", "")),
    "links in a message": links_in,
    "links of a page": lambda text: keep_language_in_page(text, HERE),
    "Excel: to HTML": to_html,
    "Excel: to text": to_plain,
    "Excel: heading": lambda text: heading_key(text.replace("\ud800", "")),
    "TYPO3: opening hours": opening_hours,
    "TYPO3: film": _youtube,
    "address": address,
}


def rows() -> Iterator[Row]:
    """For each reader its worst growth from one length to twice as much, and its dearest text beside an honest one."""
    for name, read in READERS.items():
        usual = max(_seconds(read, hostile.ordinary(2 * LENGTH)), SHORTEST)
        worst, dearest = (0.0, ""), (0.0, "")
        for kind, made in hostile.TEXTS.items():
            single, double = _both(read, made(LENGTH), made(2 * LENGTH))
            # Below some milliseconds the clock says nothing about growth.
            if double > SHORTEST:
                worst = max(worst, (double / single, kind))
            dearest = max(dearest, (double / usual, kind))
        yield Row(f"{name}: twice the text ({worst[1]})", f"×{worst[0]:.1f}", "linear: ×2", worst[0], MOST_GROWTH)
        yield Row(f"{name}: dearest ({dearest[1]})", f"×{dearest[0]:.1f}", "honest text", dearest[0], MOST_DEARER)
    yield _differences()


def _differences() -> Row:
    """Two texts of 200 KB together, compared and drawn: the slowest pair of all kinds."""
    slowest = (0.0, "")
    for kind, made in {"honest": hostile.ordinary, **hostile.TEXTS}.items():
        old = made(LONG_TEXT)
        for new in (old[::-1], hostile.ordinary(LONG_TEXT), f"{old[:-9]}anders"):
            for compare in (compare_markup, compare_text):
                slowest = max(slowest, (_seconds(_compared, (compare, old, new)), kind))
    return Row(f"difference of 200 KB ({slowest[1]})", f"{slowest[0]:.2f} s", "under 1 s", slowest[0], 1.0)


def _compared(given: tuple[Any, str, str]) -> None:
    compare, *texts = given
    folded(compare(*(text.replace("\ud800", "") for text in texts)))


def _both(read: Callable[[str], object], single: str, double: str) -> tuple[float, float]:
    """Best times of both, by turns: what else the machine does falls on both. Once more where they do not fit."""
    short = long = float("inf")
    for _round in range(2 * ROUNDS):
        short, long = min(short, _seconds(read, single)), min(long, _seconds(read, double))
        if _round >= 1 and (long < MOST_GROWTH * short * 0.9 or long > LONGEST):
            break
    return short, long


def _seconds(read: Callable[[Any], object], text: Any) -> float:
    """Of the processor, in one go: other programs do not count."""
    start = time.process_time()
    read(text)
    return time.process_time() - start
