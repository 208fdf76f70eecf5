"""Exports and feeds: one's own and nothing of others."""

import csv
import json
import zipfile
from io import BytesIO, StringIO

from core.access import Role
from tests.tracker.channels.conftest import HOUSE, MINE, THEIRS
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.channels import exports_writing
from tracker.tickets import services
from tracker.tickets.exports import exports
from tracker.tickets.uniting import merge

HERE, THERE = "/plattform/export/", "/betrieb/export/"


def as_text(viewer):
    return "".join(exports_writing.as_json(viewer))


def test_a_town_exports_its_own_and_nothing_of_others(two_towns):
    mine, theirs, ours, others = two_towns
    for viewer, own, foreign, house in ((mine, MINE, THEIRS, "A"), (theirs, THEIRS, MINE, "B")):
        text = as_text(viewer)
        found = json.loads(text)
        for part in ("Wunsch", "sah", "will", "Kommentar", "intern", "bei denen", "Thema", "Text", "-Browser"):
            assert f"{own} {part}".replace(" -", "-") in text, part
        # Votes and pledges name the wish they are for; nobody but its town may have voted here.
        assert foreign not in text
        assert f"{HOUSE}-intern-{'B' if house == 'A' else 'A'}" not in text
        assert [row["ticket"] for row in found["tickets"]] == [ours.reference if own == MINE else others.reference]
    assert f"{HOUSE} für alle" in as_text(mine)
    assert f"{HOUSE}-intern-A" in as_text(mine)
    assert HOUSE not in as_text(theirs)


def test_no_export_names_a_person(two_towns):
    mine, theirs, *_tickets = two_towns
    for viewer in (mine, theirs, OPERATOR):
        for export in exports():
            for row in export.rows(viewer):
                assert "person" not in row, export.key


def test_the_operator_exports_everything(two_towns):
    text = as_text(OPERATOR)
    for sign in (MINE, THEIRS):
        for part in ("Wunsch", "Kommentar", "intern", "bei denen", "Thema"):
            assert f"{sign} {part}" in text
    assert f"{HOUSE}-intern-B" in text


def test_providers_and_visitors_have_no_export(ahausen, two_towns, visitor, signed_in):
    provider = signed_in(ahausen, Role.PROVIDER)
    for address in (HERE, f"{HERE}alles.json", f"{HERE}alles.zip", f"{HERE}tickets.csv"):
        assert provider.get(address).status_code == 404
        assert visitor("ahausen").get(address).url.startswith("/konto/anmelden/")
    assert set(json.loads(as_text(provider_of(ahausen)))) == {each.key for each in exports()}
    assert not any(json.loads(as_text(provider_of(ahausen))).values())


def test_what_was_merged_away_stays_in_the_export_of_who_reported_it(two_towns):
    _mine, theirs, ours, others = two_towns
    merge(others, ours, by=OPERATOR)
    row = next(iter(json.loads(as_text(theirs))["tickets"]))
    assert (row["ticket"], row["merged_into"]) == (others.reference, ours.reference)
    assert f"{MINE} Wunsch" not in json.dumps(json.loads(as_text(theirs))["tickets"])
    assert f"{THEIRS} Kommentar" in as_text(theirs)


def test_the_files_are_what_they_say(ahausen, two_towns, signed_in):
    editor = signed_in(ahausen, Role.PLANNER)
    page = editor.get(HERE).content.decode()
    assert f'href="{HERE}alles.json"' in page
    whole = editor.get(f"{HERE}alles.json")
    assert whole["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in whole["Cache-Control"]
    assert f"{MINE} Wunsch" in b"".join(whole.streaming_content).decode()
    packed = editor.get(f"{HERE}alles.zip")
    archive = zipfile.ZipFile(BytesIO(b"".join(packed.streaming_content)))
    assert set(archive.namelist()) == {f"{each.key}.csv" for each in exports()}
    table = b"".join(editor.get(f"{HERE}tickets.csv").streaming_content)
    assert archive.read("tickets.csv") == table
    assert table.startswith("\ufeff".encode())
    rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert [row["title"] for row in rows] == [f"{MINE} Wunsch"]
    assert editor.get(f"{HERE}gibtsnicht.csv").status_code == 404
    assert editor.get(f"{HERE}alles.exe").status_code == 404


def test_no_cell_is_a_formula_and_every_cell_stays_whole(ahausen):
    evil = '=HYPERLINK("http://x")'
    services.report(by=editor_of(ahausen), kind="wish", title=evil, happened='Zeile 1\nZeile 2; "mehr"')
    table = "".join(exports_writing.as_csv(exports()[0], editor_of(ahausen)))
    row = next(csv.DictReader(StringIO(table.lstrip("\ufeff")), delimiter=";"))
    assert row["title"] == f"'{evil}"
    assert row["happened"] == 'Zeile 1\nZeile 2; "mehr"'


def test_an_export_of_nothing_is_whole_too(ahausen):
    assert set(json.loads(as_text(editor_of(ahausen)))) == {each.key for each in exports()}
    assert "".join(exports_writing.as_csv(exports()[0], editor_of(ahausen))) == "\ufeff"


def test_the_operator_has_the_same_page(signed_in, two_towns):
    operator = signed_in(None, Role.OPERATOR)
    assert operator.get(THERE).status_code == 200
    text = b"".join(operator.get(f"{THERE}alles.json").streaming_content).decode()
    assert MINE in text
    assert THEIRS in text
