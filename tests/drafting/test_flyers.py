"""Forty flyers are read: dates and times, titles, and never a wrong date that passes for certain."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.drafting.flyer.running import can_recognise, read_flyer
from portal.drafting.reading.everything import Reading, read
from tests.drafting.drawing import Flyer, drawn
from tests.drafting.flyers import TODAY, TUNING
from tests.drafting.held_out import HELD_OUT

RULE = ("first_date", "last_date", "start_time", "end_time", "rrule")


def letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def dates_of(found: Reading) -> set[tuple]:
    return {tuple(rule[name] for name in RULE) for rule in found.when.rules} if found.when else set()


def look_at(flyer: Flyer) -> Reading:
    seen = read_flyer(drawn(flyer))
    assert seen.trouble == "", flyer.title
    return read(seen.sheet, today=TODAY)


@pytest.mark.parametrize("flyers", [TUNING, HELD_OUT], ids=["looked at while it was written", "held out"])
def test_most_dates_and_titles_are_right_and_no_wrong_date_is_certain(flyers):
    assert can_recognise(), "apt-get install tesseract-ocr tesseract-ocr-deu"
    assert len({flyer.title for flyer in flyers}) == 20
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(look_at, flyers))
    right = [dates_of(each) == set(flyer.when) for flyer, each in zip(flyers, found, strict=True)]
    titled = [letters(each.title) == letters(flyer.title) for flyer, each in zip(flyers, found, strict=True)]
    certain = [each.when is not None and not each.when.doubts for each in found]
    wrong = [flyer.title for flyer, ok, sure in zip(flyers, right, certain, strict=True) if sure and not ok]
    assert wrong == []
    assert sum(right) >= 17, [flyer.title for flyer, ok in zip(flyers, right, strict=True) if not ok]
    assert sum(titled) >= 15, [each.title for each, ok in zip(found, titled, strict=True) if not ok]
    # What must be asked is asked; and not everything is, or nobody would be helped.
    assert not any(sure for flyer, sure in zip(flyers, certain, strict=True) if flyer.asks)
    assert sum(certain) >= 10
