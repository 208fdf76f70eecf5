"""What of a search is counted: each search once, its filters, how much was found, and nothing of one's own."""

from itertools import product
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from portal.usage.models import DailyCategorySearch, DailyFilter, DailyOfferAct, DailySearch
from portal.usage.searched import facts_of, new_facts, term_of
from portal.usage.served import record, tally

HERE = "http://ahausen.localhost/angebote/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    tally._counts.clear()
    yield
    tally._counts.clear()


def search(query, total="", left=None, **headers):
    if left is not None:
        headers["HTTP_REFERER"] = f"{HERE}?{left}"
    made = RequestFactory().get(
        f"/angebote/?{query}", HTTP_HOST="ahausen.localhost", HTTP_USER_AGENT=FIREFOX, **headers
    )
    record("ahausen", made.environ, total)


def counted(kind=DailyFilter):
    found = {(entry.which, entry.found): n for entry, n in tally._counts.items() if entry.kind is kind}
    tally._counts.clear()
    return found


@pytest.mark.parametrize(
    ("total", "found"), [("0", "nothing"), ("1", "few"), ("4", "few"), ("5", "many"), ("712", "many"), ("", "")]
)
def test_how_much_was_found_is_counted_with_words_topics_and_filters(total, found):
    search("q=Chor&kategorie=3&ortsteil=8&kostenfrei=1", total)
    assert counted(DailySearch) == {("chor", found): 1}
    assert not tally._counts
    search("q=Chor&kategorie=3&ortsteil=8&kostenfrei=1", total)
    assert counted() == {
        (("", ""), found): 1,
        (("ortsteil", ""), found): 1,
        (("ortsteil", "8"), found): 1,
        (("kostenfrei", ""), found): 1,
        (("kostenfrei", "1"), found): 1,
        (("kategorie+ortsteil", "3:8"), found): 1,
    }


def test_an_age_is_counted_as_a_span_and_times_and_places_only_as_used():
    search("alter=13&von=2026-12-01&ab=18:00&ort=Hauptstra%C3%9Fe+5&angabe=12-a&wochentag=mo&wochentag=xx", "2")
    names = {which for which, _found in counted()}
    assert names == {
        ("", ""), ("alter", ""), ("alter", "10"), ("zeitraum", ""), ("uhrzeit", ""), ("ort", ""), ("angabe", ""),
        ("wochentag", ""), ("wochentag", "mo"),
    }  # fmt: skip


@pytest.mark.parametrize("query", ["", "seite=2", "ansicht=karte", "q=", "q=%00", "ortsteil=abc", "sortierung=neu"])
def test_looking_at_everything_is_no_search(query):
    search(query, "300")
    assert not tally._counts


@pytest.mark.parametrize(
    ("query", "left", "searches"),
    [
        ("q=chor", "", 1),
        ("q=chor&seite=2", "q=chor", 0),
        ("q=chor&ansicht=karte", "q=chor", 0),
        ("q=chor&kostenfrei=1", "q=chor", 0),
        ("q=chor", "q=chor&kostenfrei=1", 0),
        ("q=kinderchor", "q=chor", 1),
        ("q=kinderchor&kostenfrei=1", "q=chor&kostenfrei=1", 1),
        ("q=chor&kategorie=3", "kategorie=3", 1),
        ("kategorie=4", "kategorie=3", 1),
        ("kategorie=3&kategorie=4", "kategorie=3", 0),
        ("kategorie=3", "kategorie=3&ortsteil=8", 0),
        ("q=0681+5550100", "q=chor", 1),
    ],
)
def test_a_search_is_one_with_other_words_or_with_nothing_in_common(query, left, searches):
    search(query, "7", left)
    assert counted().get((("", ""), "many"), 0) == searches


@pytest.mark.parametrize("header", ["HTTP_IF_NONE_MATCH", "HTTP_HX_HISTORY_RESTORE_REQUEST"])
def test_going_back_to_a_search_is_not_searching_again(header):
    search("q=chor&kategorie=3", "7", **{header: "true"})
    assert not tally._counts


def test_too_many_choices_at_once_are_nobodys_search():
    many = "&".join(f"ortsteil={n}" for n in range(40))
    search(f"{many}&kategorie=1", "0")
    assert counted() == {(("", ""), "nothing"): 1}
    five = "&".join(f"{name}={n}" for name, n in product(("kategorie", "ortsteil"), range(5)))
    search(five, "0")
    assert not [which for which, _found in counted() if which[0] == "kategorie+ortsteil"]


# --- Words

DIGITS = st.lists(st.sampled_from("0123456789"), min_size=6, max_size=14)


@pytest.mark.parametrize(
    "own",
    [
        "maria@example.org", "maria＠example.org", "maria (at) example.org", "maria [ät] web punkt de",
        "maria at gmx.de", "0681 55 50 100", "+49-681-123456", "０６８１ ５５５０１００", "06331 – 12 34 56",
        "DE89 3704 0044 0532 0130 00", "٠٦٨١٥٥٥٠١٠٠", "Lindenstraße 5", "lindenstr. 12a", "Am Markt, Schulweg 3",
    ],
)  # fmt: skip
def test_what_may_be_somebodys_own_is_not_kept_nor_are_the_words_beside_it(own):
    for text in (own, f"hilfe für {own}", own.upper()):
        assert term_of(text) == ""
        search(urlencode({"q": text}), "0")
        assert not [entry for entry in tally._counts if entry.kind is DailySearch]


@given(DIGITS, st.lists(st.sampled_from(["", " ", "-", "/", ".", " - ", ") "]), min_size=14, max_size=14))
def test_no_number_of_six_or_more_digits_is_kept_however_it_is_cut(digits, cuts):
    number = "".join(f"{digit}{cut}" for digit, cut in zip(digits, cuts, strict=False))
    assert term_of(f"chor {number} abends") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Deutsch   A1 ", "deutsch a1"), ("To\u0308pfern", "töpfern"), ("TÖPFERN", "töpfern"),
        ("0–3 Jahre", "0-3 jahre"), ("Platz für 3", "platz für 3"),
        ("Schwimm\u00adkurs", "schwimmkurs"), ("66111 Saarbrücken", "66111 saarbrücken"),
        ("Beratung at home", "beratung at home"),
    ],
)  # fmt: skip
def test_words_are_kept_as_they_are_read(typed, kept):
    assert term_of(typed) == kept


@given(st.text(max_size=300))
@example("İ" * 150)
@example("\u0301" * 200)
def test_any_text_becomes_a_short_term_that_is_its_own_term(text):
    term = term_of(text)
    assert len(term) <= 100
    assert "\0" not in term
    assert term == term.strip()
    assert term_of(term) in {term, ""}


QUERY = st.lists(
    st.tuples(
        st.sampled_from(
            ["q", "kategorie", "ortsteil", "zielgruppe", "alter", "wochentag", "kostenfrei", "seite", "von"]
        ),
        st.sampled_from(["", "1", "2", "3", "mo", "chor", "yoga", "x" * 300, "\0"]),
    ),
    max_size=8,
).map(urlencode)


@given(QUERY, QUERY)
def test_a_refined_search_tells_only_what_is_new_and_the_same_search_nothing(query, left):
    new, now, before = new_facts(query, left), facts_of(query), facts_of(left)
    assert not any(new_facts(query, query).values())
    for kind in (DailySearch, DailyCategorySearch, DailyFilter):
        assert new[kind] <= now[kind]
        assert not (new[kind] - {("", "")}) & before[kind]


@pytest.mark.parametrize("act", ["route", "share"])
def test_the_way_there_and_passing_on_are_told_by_the_browser(client, ahausen, act):
    headers = {"HTTP_HOST": "ahausen.localhost", "HTTP_ORIGIN": "http://ahausen.localhost", "HTTP_USER_AGENT": FIREFOX}
    client.post("/angebote/zaehlen/", {"angebot": "7", "was": act}, **headers)
    assert counted(DailyOfferAct) == {((7, act), ""): 1}


def test_a_search_says_how_much_it_found(client, ahausen):
    answer = client.get("/angebote/?q=gibtesnicht", HTTP_HOST="ahausen.localhost")
    assert answer["X-Total-Count"] == "0"
