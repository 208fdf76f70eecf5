"""The operator's table: searched, filtered, sorted, paged, as a file; with nobody and with a thousand."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.access import Role
from core.ordering import name_key
from health.limits import CAUSES, TONES, Judged, Tone
from health.listing import SORTS, TONE_SLUGS, Asked, by_tone, found, troubles, understood, versions
from health.rows import Queue, Row
from tenants.models import Domain, Municipality, MunicipalityFigures, State
from tenants.running.answers import BOUNDS, Answers
from tenants.running.context import inside_public
from tests.health.places import many, measured, queued, saved

HERE = "/betrieb/kommunen/"
NOW = timezone.now()


@pytest.fixture
def operator(db, signed_in):
    return signed_in(None, Role.OPERATOR)


def listed(client, **asked) -> list[str]:
    """The short names on a page, in order."""
    page = client.get(HERE, asked).content.decode()
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return re.findall(r'scope="row"[^>]*><a href="/betrieb/kommunen/([^/]+)/"', body)


def test_what_is_wrong_stands_first_and_only_that_stands_out(operator, ahausen, bedorf):
    measured(ahausen, offers=412)
    measured(bedorf, offers=7)
    saved(NOW)
    queued("failed", "bedorf", number=12)
    page = operator.get(HERE).content.decode()
    assert listed(operator) == ["bedorf", "ahausen"]
    assert "2 Kommunen" in page
    assert page.count("off--bad") == 1
    assert re.search(r'off off--bad"><svg[^>]*aria-label="gestört".*?</svg>\s*12</span>', page, re.DOTALL)
    assert "Aufträge sind endgültig fehlgeschlagen." in page
    assert "Gemeinde Bedorf öffnen" in page
    assert '<span class="well">412</span>' in page


def test_one_green_sentence_when_nothing_is_wrong(operator, ahausen, bedorf):
    for place in (ahausen, bedorf):
        measured(place)
    saved(NOW)
    page = operator.get(HERE).content.decode()
    assert "Nirgends stimmt etwas nicht." in page
    assert 'class="causes"' not in page
    assert 'class="off' not in page


def test_it_is_a_page_without_any_municipality(operator, db):
    with inside_public(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE tenants_municipality CASCADE")
    answer = operator.get(HERE)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "0 Kommunen" in page
    assert "create_municipality" in page
    assert "<tbody" not in page
    rows = list(csv.reader(StringIO(operator.get("/betrieb/kommunen.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1


def test_a_thousand_cost_as_many_statements_as_two_and_no_schema_is_asked(operator, ahausen):
    operator.get(HERE)
    with CaptureQueriesContext(connection) as few:
        operator.get(HERE)
    many(1000)
    with CaptureQueriesContext(connection) as asked:
        answer = operator.get(HERE, {"sort": "name", "seite": "3"})
    assert answer.status_code == 200
    assert len(asked) <= len(few) <= 16
    assert not [query["sql"] for query in asked if "ahausen" in query["sql"] or "ort-" in query["sql"]]
    page = answer.content.decode()
    assert "1.002 Kommunen" in page
    # Numbers go by their value: Gemeinde Bedorf, then Ort 0, 1, 2 … and at the end Stadt Ahausen.
    assert listed(operator, sort="name", seite="3") == [f"ort-{n:04}" for n in range(99, 149)]
    assert listed(operator, sort="name", seite="99") == ["ort-0999", "ahausen"]
    assert listed(operator, q="Ort 7 .localhost ort-0007") == ["ort-0007"]


def test_whoever_searches_finds_by_name_short_name_and_any_host(operator, ahausen, bedorf):
    with inside_public():
        Domain.objects.create(domain="angebote.weit-weg.example", tenant=bedorf, is_primary=False)
    assert listed(operator, q="STADT") == ["ahausen"]
    assert listed(operator, q="weit-weg") == ["bedorf"]
    assert listed(operator, q="weit-weg stadt") == []
    page = operator.get(HERE, {"q": "weit-weg stadt"}).content.decode()
    assert "Keine Kommune passt." in page
    assert unescape(operator.get(HERE, {"q": '<b>"\0'}).content.decode()).count('value="<b>"') == 1


@pytest.mark.parametrize("odd", [{"seite": "x"}, {"sort": "<"}, {"ursache": "\0"}, {"zustand": "1"}, {"seite": "-3"}])
def test_odd_questions_count_as_none(operator, ahausen, odd):
    assert sorted(listed(operator, **odd)) == ["ahausen", "bedorf"]


def test_every_cause_and_state_is_a_filter_and_the_file_follows_it(operator, ahausen, bedorf):
    measured(ahausen, NOW - timedelta(hours=1), offers=3, mails_sent=40, mails_bounced=1, schema_version="a.0001_x")
    measured(bedorf, offers=4, schema_version="b.0002_y")
    saved(NOW)
    queued("failed", "ahausen")
    with inside_public():
        Municipality.objects.filter(slug="bedorf").update(state=State.SUSPENDED, name="=Bedorf")
    assert listed(operator, ursache="auftraege") == ["ahausen"]
    assert listed(operator, zustand="stillgelegt") == ["bedorf"]
    assert listed(operator, version="b.0002_y") == ["bedorf"]
    page = operator.get(HERE, {"ursache": "auftraege", "sort": "name"}).content.decode()
    assert "/betrieb/kommunen.csv?ursache=auftraege&amp;sort=name" in page
    answer = operator.get("/betrieb/kommunen.csv", {"ursache": "auftraege"})
    assert "kommunen.csv" in answer["Content-Disposition"]
    head, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    said = dict(zip(head, row, strict=True))
    assert (said["Kurzname"], said["Angebote"], said["Fehlgeschlagene Aufträge"]) == ("ahausen", "3", "1")
    assert (said["Was nicht stimmt"], said["Zustand"]) == ("Fehlgeschlagene Aufträge", "beobachten")
    table = operator.get("/betrieb/kommunen.csv", {"sort": "name"}).content.decode("utf-8-sig")
    assert "'=Bedorf" in table
    book = load_workbook(BytesIO(operator.get("/betrieb/kommunen.xlsx").content))
    assert book.active.max_row == 3
    assert operator.get("/betrieb/kommunen.pdf").status_code == 404


def test_the_console_leads_there(operator, ahausen):
    queued("failed", "ahausen", number=2)
    page = operator.get("/betrieb/").content.decode()
    assert 'href="/betrieb/kommunen/"' in page
    assert 'href="/betrieb/auftraege/"' in page


def test_the_same_as_a_command(ahausen, bedorf, capsys):
    queued("failed", "bedorf", number=12)
    saved(NOW)
    call_command("health")
    assert capsys.readouterr().out.splitlines()[0].split() == ["bedorf", "bad", "Fehlgeschlagene", "Aufträge"]
    call_command("health", "--json", "--cause", "auftraege")
    assert '"jobs_failed": 12' in capsys.readouterr().out
    call_command("health", "weit", "weg")
    assert capsys.readouterr().out == "Kommunen: 0.\n"


# Many at random, against the plainest way to say the same.

_names = st.sampled_from(["Aachen", "Ähausen", "Bad Ems", "St. Wendel", "Ort 10", "Ort 9"])
_tones = st.dictionaries(st.sampled_from([cause.key for cause in CAUSES]), st.sampled_from([Tone.BAD, Tone.WATCH]),
                         max_size=3)  # fmt: skip


@st.composite
def _places(draw) -> list[Judged]:
    made = []
    for number in range(draw(st.integers(0, 8))):
        ago = draw(st.none() | st.integers(0, 99))
        within = draw(st.sampled_from([50, 500]))
        night = MunicipalityFigures(
            offers=draw(st.integers(0, 3)), file_bytes=draw(st.integers(0, 3)), mails_sent=100,
            mails_bounced=draw(st.integers(0, 3)), measured_at=NOW,
            schema_version=draw(st.sampled_from(["", "a", "b"])),
            last_editor_activity=None if ago is None else NOW - timedelta(days=ago),
        )  # fmt: skip
        row = Row(
            pk=number, slug=f"ort-{number}", name=draw(_names), state="live", wave="rest",
            created_at=NOW - timedelta(days=200), hosts=(f"ort-{number}.example",),
            figures=draw(st.sampled_from([night, None])), queue=Queue(draw(st.integers(0, 2)), draw(st.integers(0, 2))),
            given_up=0, backup_at=draw(st.none() | st.just(NOW)), update="", drift=None, now=NOW,
            answers=Answers(draw(st.sampled_from([49, 100])), draw(st.integers(0, 3)), 0,
                            tuple(100 * (bound == within) for bound in BOUNDS)),
        )  # fmt: skip
        wrong = draw(_tones)
        made.append(Judged(row, min(wrong.values(), key=TONES.index, default=Tone.OK), wrong))
    return made


_asked = st.builds(
    Asked,
    words=st.sampled_from(["", "ort", "ort-1 example", "AACHEN", "nichts"]),
    tone=st.none() | st.sampled_from(TONES),
    cause=st.none() | st.sampled_from(CAUSES),
    version=st.sampled_from(["", "a"]),
    sort=st.sampled_from(list(SORTS)),
)

_MEASURE = {
    "name": lambda each: 0,
    "angebote": lambda each: -(each.row.figures.offers if each.row.figures else 0),
    "speicher": lambda each: -(each.row.figures.file_bytes if each.row.figures else 0),
    "fehler": lambda each: -(each.row.answers.errors if each.row.answers.number >= 50 else 0),
    "antwortzeit": lambda each: -(each.row.answers.spread.index(100) + 1 if each.row.answers.number >= 50 else 0),
    "mails": lambda each: -(each.row.figures.mails_bounced if each.row.figures else 0),
    "auftraege": lambda each: -(each.row.queue.failed * 1000 + each.row.queue.waiting),
    "sicherung": lambda each: 0 if each.row.backup_at is None else 1,
    "redaktion": lambda each: (
        each.row.figures.last_editor_activity.timestamp()
        if each.row.figures and each.row.figures.last_editor_activity
        else 0
    ),
    "dringend": lambda each: (
        ["bad", "watch", "new", "rest", "ok"].index(each.tone.value) * 10_000
        - list(each.wrong.values()).count(Tone.BAD) * 100
        - len(each.wrong)
    ),
}


@given(everybody=_places(), asked=_asked)
def test_the_list_is_exactly_those_that_fit_in_order(everybody, asked):
    shown = found(everybody, asked)
    wanted = []
    for each in everybody:
        said = (each.row.name + " " + each.row.slug + " " + each.row.hosts[0]).casefold()
        version = each.row.figures.schema_version if each.row.figures else ""
        if (
            (asked.tone is None or each.tone == asked.tone)
            and (asked.cause is None or asked.cause.key in each.wrong)
            and (not asked.version or version == asked.version)
            and all(word.casefold() in said for word in asked.words.split())
        ):
            wanted.append(each)
    assert {each.row.pk for each in shown} == {each.row.pk for each in wanted}
    assert len(shown) == len(wanted)
    measure = _MEASURE[asked.sort]
    keys = [(measure(each), name_key(each.row.name), each.row.slug) for each in shown]
    assert keys == sorted(keys)


@given(everybody=_places())
def test_the_counts_above_the_list_are_those_of_its_filters(everybody):
    for slug, tone in TONE_SLUGS.items():
        assert by_tone(everybody)[tone] == len(found(everybody, understood({"zustand": slug})))
    listed_troubles = troubles(everybody)
    assert [each.cause for each in listed_troubles] == sorted(
        {each.cause for each in listed_troubles}, key=[each.cause for each in listed_troubles].index
    )
    for each in listed_troubles:
        having = found(everybody, understood({"ursache": each.cause.key}))
        assert each.number == len(having) > 0
        assert (each.only is None) == (len(having) != 1)
    assert {each.cause.key for each in listed_troubles} == {key for one in everybody for key in one.wrong}
    for name, number in versions(everybody):
        assert number == len(found(everybody, understood({"version": name})))


@given(asked=_asked)
def test_a_question_survives_its_address(asked):
    assert understood(QueryDict(asked.query).dict()) == asked
