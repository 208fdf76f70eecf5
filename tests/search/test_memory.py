"""What a search remembers says honestly what it weighs, is small, and is the same unpacked as it went in."""

import gc
import tracemalloc
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import columns, providers, suggestions
from portal.search.dates import AllDates
from portal.search.own_places import own_places
from portal.search.packed import Texts, small
from tenants.running.context import inside
from tests.search import corpus

KIB = 1024


def traced(build):
    """What something is, and the bytes that stay when it is there."""
    build()
    tracemalloc.start()
    try:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        kept = build()
        # What Django needed on the way and holds in circles.
        gc.collect()
        return kept, tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("offers", [300, 1200])
def test_the_weight_is_what_it_takes(ahausen, offers):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(offers, 4)
        kept, taken = traced(columns.load_columns)
        assert kept.weight == pytest.approx(taken, rel=0.2, abs=8 * KIB)
        assert len(kept.dates.rows) > offers * 5
        # Before: some 48 bytes for each date and a kilobyte for each offer.
        assert taken < 12 * len(kept.dates.rows) + 150 * offers + 12 * KIB
        kept, taken = traced(suggestions._load_titles)
        assert kept.beginnings.weight == pytest.approx(taken, rel=0.2, abs=10 * KIB)
        assert taken < 150 * offers + 12 * KIB
        known, taken = traced(providers._load)
        assert known.weight == pytest.approx(taken, rel=0.3, abs=8 * KIB)
        assert own_places().weight > 0


@given(st.lists(st.text(), max_size=20))
def test_texts_are_what_they_were(texts):
    packed = Texts(texts)
    assert list(packed) == texts
    assert [packed[number] for number in range(len(packed))] == texts
    assert packed[1:3] == texts[1:3]
    assert len(packed) == len(texts)


def test_there_is_no_text_beyond_the_last():
    with pytest.raises(IndexError):
        Texts(["a"])[1]
    assert Texts(["a", "b"])[-1] == "b"


@given(st.lists(st.integers(-(2**62), 2**62) | st.integers(-3, 300), max_size=20))
def test_small_numbers_are_the_same_numbers(numbers):
    assert small(numbers).tolist() == numbers
    assert small(np.array(numbers, np.int64)).tolist() == numbers


def test_the_smallest_kind_that_holds_all_is_taken():
    kinds = [small(numbers).dtype for numbers in ([], [0, 255], [-1, 100], [0, 256], [-1, 40_000], [0, 2**32])]
    assert kinds == [np.uint8, np.uint8, np.int8, np.uint16, np.int32, np.int64]


seconds = st.integers(-1, 86_399)
a_date = st.tuples(
    st.integers(0, 70_000),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)) | st.just(date.max),
    st.integers(0, 400),
    seconds,
    seconds,
    st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.integers(0, 10**7),
)


@given(st.lists(a_date, max_size=30), st.data())
def test_dates_come_out_as_they_went_in(dates, data):
    table = [
        (row, day.toordinal(), day.toordinal() + days, start, end, moment.timestamp(), moment.timestamp() + lasting)
        for row, day, days, start, end, moment, lasting in dates
    ]
    columns_ = [np.array([line[n] for line in table], np.int64 if n < 5 else np.float64) for n in range(7)]
    packed = AllDates.of(*columns_)
    unpacked = (packed.rows, packed.first, packed.last, packed.start_time, packed.end_time)
    assert [each.tolist() for each in unpacked] == [each.tolist() for each in columns_[:5]]
    for moment in [0.0, *columns_[6].tolist()[:3]]:
        assert packed.end_after(moment).tolist() == (columns_[6] >= moment).tolist()
        assert packed.end_after(moment + 0.5).tolist() == (columns_[6] >= moment + 0.5).tolist()
    places = np.array(data.draw(st.lists(st.integers(0, len(table) - 1), max_size=5)) if table else [], np.int64)
    some = packed.at(places)
    assert some.last.tolist() == [table[place][2] for place in places]
    assert some.end_time.tolist() == [table[place][4] for place in places]
    starts, ends = packed.moments(places)
    assert starts.tolist() == [table[place][5] for place in places]
    assert ends.tolist() == [table[place][6] for place in places]
