"""The take-over of whole dumps: every row accounted for, every column where it belongs, nothing half."""

import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from accounts.models import User
from audit.models import Entry
from portal.exchange.models import ImportedRecord
from portal.exchange.typo3 import takeover
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from portal.media.models import MediaFile
from portal.offers.choices import CostKind, ScheduleKind
from portal.offers.models import Occurrence, Offer, OfferImage
from portal.offers.states import State
from portal.pages.models import Redirect
from portal.providers.models import Carrier, Fact, Membership, OpeningHours, Provider, ProviderImage
from portal.providers.models import State as ProviderState
from portal.taxonomy.models import Category, District, TargetGroup
from portal.usage.models import DailyCategorySearch, DailyOfferView, DailySearch
from tenants.running.context import inside
from tests.exchange.typo3.tools import OFFER, PROVIDER, SMALL, everything, stored_files


def dumps():
    names = ["small", "typo3-chancenportal-empty", "typo3-chancenportal-filled"]
    return pytest.mark.parametrize("name", names)


def path_of(name, shared) -> Path:
    return SMALL if name == "small" else shared / "data" / f"{name}.sql"


@dumps()
def test_every_row_of_every_table_is_accounted_for_and_the_second_time_nothing_changes(name, here, shared):
    dump = Dump(path_of(name, shared))
    first = take_over(here, dump)
    before = everything()
    second = take_over(here, Dump(path_of(name, shared)))

    for report in (first, second):
        assert set(report.tables) == set(dump.tables)
        for table, count in report.tables.items():
            assert count.rows == dump.tables[table].rows, table
            assert count.rows == count.imported + count.unchanged + count.skipped, table
    assert everything() == before
    assert sum(count.imported for count in second.tables.values()) == 0


@dumps()
def test_a_dry_run_reports_the_same_and_writes_nothing(name, here, shared, fileadmin):
    before = everything()
    dry = take_over(here, Dump(path_of(name, shared)), directory=fileadmin, dry_run=True)

    assert everything() == before
    assert stored_files() == set()
    real = take_over(here, Dump(path_of(name, shared)), directory=fileadmin)
    assert dry.tables == real.tables
    assert dry.notes == real.notes


def test_the_filled_dump_arrives_complete(here, shared):
    report = take_over(here, Dump(shared / "data" / "typo3-chancenportal-filled.sql"))

    assert Offer.objects.count() == report.tables[OFFER].imported == 160
    assert Provider.objects.count() == 14
    assert Category.objects.count() == 29
    assert User.objects.count() == 16
    assert Membership.objects.count() == 14
    assert District.objects.count() == 6
    assert set(Offer.objects.values_list("schedule_kind", flat=True)) == {"none", "dates", "period", "daily", "weekly"}
    assert Offer.objects.get(title="Bewerbungstraining 33").provider.name == "Seniorenbüro O'Brien-Stift"
    assert Redirect.objects.filter(old_path__startswith="/angebote/info/").count() == 160
    kept = report.tables["tx_chancenportal_domain_model_date"]
    assert Occurrence.objects.exists()
    assert kept.imported == 239, "the other 185 are the weekdays on which a weekly offer does not take place"
    weekly = Offer.objects.get(title="Bewerbungstraining 160")
    assert weekly.schedules.get().rrule.startswith("FREQ=WEEKLY;BYDAY=")
    assert weekly.ends_at is None
    assert sum(DailySearch.objects.values_list("count", flat=True)) == 13


def test_columns_become_fields(imported):
    pottery = Offer.objects.get(title="Töpfern mit O'Neill")
    place = pottery.locations.get()

    assert pottery.state == State.PUBLISHED
    assert (pottery.cost_kind, pottery.cost_amount) == (CostKind.AMOUNT, Decimal("12.50"))
    assert (pottery.access, pottery.accessibility) == ("open", "yes")
    assert pottery.video_url == "https://www.youtube.com/watch?v=d5sTnpZgsQA"
    assert pottery.description == "<p>Text<br>Zeile</p>"
    assert (place.street, place.postcode, place.city) == ("Am Fluss 3", "33378", "Rheda-Wiedenbrück")
    assert place.district.name == "Süd"
    assert pottery.author.email == "anbieter@example.org"
    assert [category.name for category in pottery.categories.all()] == ["Bildung", "Kitas & Schulen"]
    assert pottery.target_groups.count() == 2
    assert pottery.updated_at == dt.datetime(2019, 2, 12, 19, 33, 20, tzinfo=dt.UTC)
    assert pottery.published_at == dt.datetime(2018, 10, 20, 1, 46, 40, tzinfo=dt.UTC)
    assert "Töpfern" in pottery.document.words
    free = Offer.objects.get(title="Offener Treff")
    assert (free.cost_kind, free.cost_text) == (CostKind.FREE, "egal")
    assert Offer.objects.get(title="Jeden Dienstag").cost_text == "3 bis 5 Euro nach Einkommen"


def test_a_provider_keeps_its_facts_hours_and_people(imported):
    club = Provider.objects.get(name='Förderverein d\'Artagnan "Süd"')

    assert club.state == ProviderState.PUBLISHED
    assert club.website == "https://www.example.org/x?a=1&b=2"
    assert (club.street, club.postcode, club.city) == ("Hauptstr. 12a", "33378", "Rheda-Wiedenbrück")
    assert (club.latitude, club.longitude, club.precision) == (51.85, 8.3, "exact")
    assert OpeningHours.objects.filter(provider=club).count() == 6
    assert club.opening_hours_note == ""
    assert club.carrier == Carrier.objects.get(name="Freie Träger")
    assert club.volunteering is False, "3 was “not possible” until 2019"
    assert club.contact_salutation == "ms"
    assert [membership.user.email for membership in club.memberships.all()] == ["anbieter@example.org"]
    assert club.memberships.get().role == Membership.Role.ADMINISTRATOR
    waiting = Provider.objects.get(name="Wartender Verein")
    assert waiting.state == ProviderState.SUBMITTED
    assert waiting.postcode == "01067"
    assert (waiting.email, waiting.website, waiting.latitude) == ("", "", None)
    assert waiting.opening_hours_note == "nach Vereinbarung, außer Dienstag"
    assert waiting.volunteering is True
    assert Provider.objects.get(name="Versteckter").state == ProviderState.PAUSED


def test_html_is_made_safe_and_text_survives(imported):
    club = Provider.objects.get(name__startswith="Förderverein")

    assert club.description == (
        '<p>Wir <b>helfen</b> C:\\Neu 🎈</p><a rel="noopener nofollow">x</a>'
        '<a href="https://example.org" rel="noopener nofollow">gut</a>'
    )
    assert Fact.objects.get().text == "<p>25 <em>Plätze</em></p>"


def test_all_kinds_of_dates_become_rules(imported):
    def rules(title):
        offer = Offer.objects.get(title=title)
        found = offer.schedules.values_list("first_date", "last_date", "start_time", "end_time", "rrule")
        return offer.schedule_kind, list(found)

    assert rules("Töpfern mit O'Neill") == (
        ScheduleKind.DATES,
        [
            (dt.date(2027, 3, 1), None, dt.time(10), dt.time(11), ""),
            (dt.date(2027, 3, 8), None, None, None, ""),
            (dt.date(2027, 3, 15), None, None, None, ""),
            (dt.date(2027, 3, 22), None, dt.time(11), None, ""),
        ],
    )
    assert rules("Offener Treff") == (ScheduleKind.NONE, [])
    assert rules("Jeden Dienstag") == (
        ScheduleKind.WEEKLY,
        [
            (dt.date(2026, 11, 3), None, dt.time(9, 15), dt.time(10, 45), "FREQ=WEEKLY;BYDAY=TU"),
            (dt.date(2026, 11, 5), None, dt.time(18), None, "FREQ=WEEKLY;BYDAY=TH"),
        ],
    )
    assert rules("Ferien täglich") == (
        ScheduleKind.DAILY,
        [(dt.date(2027, 7, 5), None, dt.time(8), dt.time(16), "FREQ=DAILY;UNTIL=20270716")],
    )
    assert rules("Zeitraum") == (
        ScheduleKind.PERIOD,
        [
            (dt.date(2027, 5, 10), dt.date(2027, 5, 12), dt.time(10), dt.time(16), ""),
            (dt.date(2027, 6, 12), None, dt.time(10), dt.time(16), ""),
        ],
    )
    assert Occurrence.objects.filter(offer__title="Ferien täglich").count() == 12
    assert Offer.objects.get(title="Termin ohne Datum").state == State.PAUSED


def test_the_category_tree_is_mended_and_ages_are_read_from_names(imported):
    parents = {category.name: category.parent and category.parent.name for category in Category.objects.all()}

    assert parents["Kitas & Schulen"] == "Bildung"
    assert parents["Enkel"] == "Kitas & Schulen"
    assert parents["Waise"] is None
    assert sorted(filter(None, [parents["Kreis A"], parents["Kreis B"]])) in (["Kreis A"], ["Kreis B"])
    assert set(parents) == {"Bildung", "Kitas & Schulen", "Enkel", "Waise", "Kreis A", "Kreis B"}
    assert Category.objects.get(name="Bildung").color == "#009ee3"
    assert Category.objects.get(name="Enkel").color == ""
    from_60 = TargetGroup.objects.get(name="ab 60 Jahre")
    assert (from_60.min_age, from_60.max_age) == (60, None)
    assert not TargetGroup.objects.filter(name="0-3 Jahre").exists(), "the one a municipality starts with is used"


def test_an_offer_without_provider_is_not_lost_and_not_public(imported, here):
    offer = Offer.objects.get(title="Ohne Anbieter")

    assert offer.provider.name == here.name
    assert offer.provider.state == ProviderState.DRAFT


def test_old_addresses_lead_to_the_new_pages_and_the_first_keeps_a_doubled_one(imported):
    pottery = Offer.objects.get(title="Töpfern mit O'Neill")

    assert Redirect.objects.get(old_path="/angebote/info/töpfern").new_path == pottery.get_absolute_url()
    assert Redirect.objects.get(old_path="/anbieter/info/foerderverein").new_path.startswith("/anbieter/")
    reasons = [note for note in imported.notes if note.field == "slug"]
    assert {note.table: imported.notes[note] for note in reasons} == {OFFER: [2], PROVIDER: [2]}


def test_the_log_becomes_daily_figures(imported):
    assert list(DailySearch.objects.values_list("day", "term", "count", "source")) == [
        (dt.date(2019, 2, 1), "schwimmen", 2, "typo3")
    ]
    assert DailyCategorySearch.objects.get().category_id == Category.objects.get(name="Kitas & Schulen").pk
    assert DailyOfferView.objects.get().count == 2
    assert DailyOfferView.objects.get().offer_id == Offer.objects.get(title="Töpfern mit O'Neill").pk


def test_files_are_copied_checked_and_credited(here, fileadmin):
    report = take_over(here, Dump(SMALL), directory=fileadmin)
    logo = ProviderImage.objects.get()
    skipped = {
        uid: note.reason for note, uids in report.notes.items() for uid in uids if note.table == "sys_file_reference"
    }

    assert (logo.kind, logo.width, logo.height) == ("logo", 40, 30)
    assert stored_files() == {logo.image.name}
    assert OfferImage.objects.count() == 0
    assert "etc/passwd" in skipped[2], "a path that leads outside is refused"
    assert "fehlt.jpg" in skipped[3]
    assert report.tables["sys_file_reference"].imported == 1
    before = everything()
    take_over(here, Dump(SMALL), directory=fileadmin)
    assert everything() == before
    assert stored_files() == {logo.image.name}


def test_a_link_out_of_the_folder_and_a_text_named_png_are_refused(here, fileadmin, tmp_path):
    folder = fileadmin / "fileadmin" / "offer" / "1"
    (folder / "logo.png").unlink()
    (folder / "logo.png").symlink_to(tmp_path / "etc" / "passwd")
    (folder / "fehlt.jpg").write_text("kein Bild")
    report = take_over(here, Dump(SMALL), directory=fileadmin)

    assert report.tables["sys_file_reference"].imported == 0
    assert stored_files() == set()


def test_a_replaced_image_stays_in_the_library_as_long_as_the_history_shows_it(here, fileadmin):
    take_over(here, Dump(SMALL), directory=fileadmin)
    before = ProviderImage.objects.get().image.name
    Image.new("RGB", (80, 60), "navy").save(fileadmin / "fileadmin" / "offer" / "1" / "logo.png")
    take_over(here, Dump(SMALL), directory=fileadmin)
    logo = ProviderImage.objects.get()

    assert logo.width == 80
    assert stored_files() == {before, logo.image.name}
    assert set(MediaFile.objects.values_list("file", flat=True)) == {before, logo.image.name}


def test_files_given_later_are_added(here, imported, fileadmin):
    take_over(here, Dump(SMALL), directory=fileadmin)

    assert ProviderImage.objects.count() == 1


def test_a_failure_at_the_end_leaves_neither_row_nor_file(here, fileadmin, monkeypatch):
    before = everything()

    def fail(context):
        assert stored_files(), "the failure comes after the files"
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(takeover.log, "take_over", fail)
    with pytest.raises(RuntimeError, match="disk"):
        take_over(here, Dump(SMALL), directory=fileadmin)
    assert everything() == before
    assert stored_files() == set()


def test_the_audit_log_has_one_entry_for_a_take_over_and_none_for_nothing(here, imported):
    assert Entry.objects.filter(action="import_typo3").count() == 1
    take_over(here, Dump(SMALL))
    assert Entry.objects.filter(action="import_typo3").count() == 1


def test_the_other_municipality_sees_none_of_it(here, bedorf):
    with inside(bedorf):
        before = everything()
    take_over(here, Dump(SMALL))
    with inside(bedorf):
        assert everything() == before


def test_the_command_prints_every_table_and_writes_the_report(here, tmp_path, capsys):
    target = tmp_path / "report.json"
    call_command("import_typo3", here.slug, str(SMALL), "--report", str(target))
    printed = capsys.readouterr()
    content = json.loads(target.read_text(encoding="utf-8"))

    for table in Dump(SMALL).tables:
        assert table in printed.out
    assert content["tables"][OFFER]["rows"] == 10
    assert {"kind": "skipped", "table": OFFER, "field": "name", "uids": [5]}.items() <= next(
        note for note in content["notes"] if note["uids"] == [5] and note["table"] == OFFER
    ).items()
    assert printed.err.count("\n") == 7, "one line per stage where there is no terminal"


def test_the_command_refuses_in_one_line_and_writes_nothing(here, tmp_path):
    before = everything()
    broken = tmp_path / "broken.sql"
    content = SMALL.read_bytes()
    for cut in random.Random(3).sample(range(len(content) - 40), 20):
        broken.write_bytes(content[:cut])
        with pytest.raises(CommandError) as refusal:
            call_command("import_typo3", here.slug, str(broken))
        assert len(str(refusal.value).splitlines()) == 1
    with pytest.raises(CommandError):
        call_command("import_typo3", "cedorf", str(SMALL))
    with pytest.raises(CommandError):
        call_command("import_typo3", here.slug, str(SMALL), "--files", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError):
        call_command("import_typo3", here.slug, str(tmp_path / "nothing.sql"))
    assert everything() == before
    assert ImportedRecord.objects.count() == 0
