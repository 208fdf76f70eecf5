"""Lists of addresses: 500 doubles, bounces and typing errors; nobody is brought back, nobody is asked twice."""

import io
import random

import openpyxl
import pytest
import time_machine

from mail.models import OutboxMessage, Unreachable
from portal.newsletter import letters
from portal.newsletter import readers as verbs
from portal.newsletter.lists import reading, taking
from portal.newsletter.lists.reading import RefusedError
from portal.newsletter.lists.typos import suggestion
from portal.newsletter.models import AddressList, Reader, Source, State
from portal.newsletter.models.lists import Finding
from tenants.running.context import inside
from tests.effort import effort
from tests.newsletter.town import NOW, a_newsletter, readers


@pytest.fixture
def town(ahausen):
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        yield ahausen


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"),
        ("anna@gmx.ed", "anna@gmx.de"),
        ("anna@web.d", "anna@web.de"),
        ("anna@hotmial.com", "anna@hotmail.com"),
        ("anna@t-onlin.de", "anna@t-online.de"),
        ("anna@gmx", "anna@gmx.de"),
        ("anna@gmx,de", "anna@gmx.de"),
        ("anna..maier@gmx.de", "anna.maier@gmx.de"),
        ("anna@gmx..de", "anna@gmx.de"),
        ("anna@verein-nord.con", "anna@verein-nord.com"),
        ("anna@gmx.de", ""),
        ("anna@gmx.net", ""),
        ("anna@gmx.fr", ""),
        ("anna@verein-nord.de", ""),
        ("anna@saarbruecken.de", ""),
        ("anna@rathaus.saarland", ""),
        ("anna@me.de", ""),
    ],
)
def test_slips_of_typing_are_seen_and_nothing_else(typed, meant):
    assert suggestion(typed) == meant


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Anna Maier <Anna.Maier@GMX.de>", ["anna.maier@gmx.de"]),
        ("mailto:anna@verein.de", ["anna@verein.de"]),
        ("a@verein.de, b@verein.de; c@verein.de", ["a@verein.de", "b@verein.de", "c@verein.de"]),
        ("Maier;Anna;anna@verein.de;Hauptstr. 1", ["anna@verein.de"]),
        ("anna (at) verein.de", ["anna@verein.de"]),
        ("anna @ verein.de", ["anna@verein.de"]),
        ("anna@verein.de.", ["anna@verein.de"]),
        ("anna\u200b@verein.de", ["anna@verein.de"]),
        ("anna@müller-verein.de", ["anna@müller-verein.de"]),
        ('"Maier, Anna" <anna@verein.de>', ["anna@verein.de"]),
    ],
)
def test_addresses_are_found_in_whatever_people_keep_them_in(line, found):
    assert [each.address for each in reading.found_in([line])] == found


def test_what_is_no_address_is_named_with_its_line_and_headings_are_not():
    found = reading.found_in(["Name;E-Mail", "Anna;anna@verein.de", "Bernd;keine", "", "ä@@x", "Carla;carla@gmx,de"])
    assert [(each.line, each.text, each.address, each.meant) for each in found] == [
        (2, "anna@verein.de", "anna@verein.de", ""),
        (3, "Bernd;keine", "", ""),
        (5, "ä@@x", "", ""),
        (6, "carla@gmx,de", "", "carla@gmx.de"),
    ]


def workbook(*rows):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook(["Name", "Mail"], ["Jürgen", "juergen@verein.de"]),
        "Name;Mail\r\nJürgen;juergen@verein.de\r\n".encode("cp1252"),
        "\ufeffName\tMail\nJürgen\tjuergen@verein.de\n".encode(),
        "Name;Mail\nJürgen;juergen@verein.de\n".encode("utf-16"),
    ],
)
def test_files_of_every_kind_are_read(content):
    assert [each.address for each in reading.read(content)] == ["juergen@verein.de"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "keine"),
        (b"Name;Alter\nAnna;3\n", "keine"),
        (b"\xd0\xcf\x11\xe0rest", "xls"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Tabelle"),
        (b"a@verein.de\n" * 10_001, "10000|10\\.000"),
        (b"x" * (reading.LARGEST + 1), "3 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, said):
    with pytest.raises(RefusedError, match=said):
        reading.read(content)


def test_reading_takes_a_time_in_proportion_to_the_length():
    short, long = "a" * 1000, "@" * 1000
    lines = ["anna@verein.de", *[short + long, long, short * 2, "a@" * 1000] * 100]
    assert effort(lambda: reading.found_in(lines)) < 4


def the_list():
    """600 people, 500 doubles of them in other spellings, typing errors, refused ones, in a random order."""
    rng = random.Random(15)
    people = [f"person{number}@verein.de" for number in range(600)]
    doubles = [f"Person <{each.upper()}>" for each in rng.choices(people, k=500)]
    slips = [f"slip{number}@gmial.com" for number in range(20)] + ["keine Adresse"] * 5 + ["anna@@gmx.de"]
    lines = [*people, *doubles, *slips, "weg@verein.de", "kam-zurueck@verein.de", "bekannt@verein.de"]
    rng.shuffle(lines)
    return "kopf@verein.de\n" + "\n".join(lines)


def taken(newsletter, text, **how):
    rows = taking.judged(newsletter, reading.read(text.encode()))
    found = taking.keep(newsletter, rows, key="einmal12", name="a.csv", by=None, now=NOW)
    assert taking.begin(found, by=None, **{"asks": True, "evidence": "", "corrected": False, **how})
    assert not taking.begin(found, by=None, asks=False, evidence="x", corrected=True), "a second click changes nothing"
    while taking.take_part(found.pk, now=NOW):
        pass
    found.refresh_from_db()
    return found


def furnish(newsletter):
    Unreachable.objects.create(address="kam-zurueck@verein.de")
    readers(newsletter, 2)
    Reader.objects.filter(email="leserin0@leute.example").update(email="bekannt@verein.de")
    gone = Reader.objects.get(email="leserin1@leute.example")
    Reader.objects.filter(pk=gone.pk).update(email="weg@verein.de")
    verbs.end(gone, now=NOW)


def test_500_doubles_and_typing_errors_and_everybody_is_asked_once(town):
    newsletter = a_newsletter()
    furnish(newsletter)
    rows = taking.judged(newsletter, reading.read(the_list().encode()))
    numbers = {finding: sum(row[taking.FINDING] == finding for row in rows) for finding in Finding}
    assert numbers == {
        Finding.NEW: 601, Finding.DOUBLE: 500, Finding.TYPO: 21, Finding.BAD: 5, Finding.KNOWN: 1, Finding.LEFT: 1,
        Finding.GONE: 1,
    }  # fmt: skip
    found = taken(newsletter, the_list())
    assert (found.taken, found.state) == (601, AddressList.State.DONE)
    asked = OutboxMessage.objects.filter(kind=letters.CONFIRM)
    assert asked.count() == len(set(asked.values_list("to", flat=True))) == 601
    assert set(newsletter.readers.exclude(email="bekannt@verein.de").values_list("state", "source")) == {
        (State.PENDING, Source.LIST)
    }
    assert not newsletter.readers.filter(email__in=["weg@verein.de", "slip0@gmial.com", "slip0@gmail.com"]).exists()
    assert newsletter.readers.getting().count() == 1, "nobody gets an issue who was not asked"
    assert {row[taking.FINDING] for row in found.rows} == {each.value for each in Finding} - {"neu"}


def test_with_proof_of_consent_they_are_readers_at_once_and_slips_are_corrected(town):
    newsletter = a_newsletter()
    furnish(newsletter)
    found = taken(newsletter, the_list(), asks=False, evidence="Listen vom Frühlingsmarkt", corrected=True)
    assert found.taken == 622
    assert newsletter.readers.getting().count() == 623
    assert newsletter.readers.get(email="slip3@gmail.com").evidence == "Listen vom Frühlingsmarkt"
    assert not OutboxMessage.objects.filter(kind=letters.CONFIRM).exists()


def test_who_subscribes_while_a_list_is_taken_over_stays_what_they_are(town):
    newsletter = a_newsletter()
    rows = taking.judged(newsletter, reading.read(b"anna@verein.de\nbernd@verein.de"))
    found = taking.keep(newsletter, rows, key="einmal12", name="a.csv", by=None, now=NOW)
    verbs.subscribe(newsletter, "anna@verein.de", language="fr", now=NOW)
    taking.begin(found, asks=True, evidence="", corrected=False, by=None)
    assert not taking.take_part(found.pk, now=NOW)
    assert newsletter.readers.get(email="anna@verein.de").language == "fr"
    assert OutboxMessage.objects.filter(to="anna@verein.de").count() == 1


def test_who_leaves_between_the_look_and_the_taking_stays_away(town):
    newsletter = a_newsletter()
    rows = taking.judged(newsletter, reading.read(b"anna@verein.de\nbernd@verein.de"))
    found = taking.keep(newsletter, rows, key="einmal12", name="a.csv", by=None, now=NOW)
    verbs.subscribe(newsletter, "anna@verein.de", language="de", now=NOW)
    verbs.end(Reader.objects.get(), now=NOW)
    taking.begin(found, asks=False, evidence="Listen vom Markt", corrected=False, by=None)
    assert not taking.take_part(found.pk, now=NOW)
    assert list(newsletter.readers.values_list("email", flat=True)) == ["bernd@verein.de"]


def test_the_same_form_sent_twice_is_one_list(town):
    newsletter = a_newsletter()
    rows = taking.judged(newsletter, reading.read(b"anna@verein.de"))
    made = [taking.keep(newsletter, rows, key="einmal12", name="a.csv", by=None, now=NOW) for _press in range(2)]
    assert made[0].pk == made[1].pk


def test_a_list_is_judged_in_as_many_statements_however_long_it_is(town, django_assert_num_queries):
    newsletter = a_newsletter()
    for number in (3, 300):
        written = reading.found_in([f"person{each}@verein.de" for each in range(number)])
        with django_assert_num_queries(3):
            taking.judged(newsletter, written)
