"""The life of a municipality and its files in the browser: said first, done by jobs, refused in one sentence."""

import hashlib
import os
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from operations.safekeeping import asking, sources, working
from operations.safekeeping.models import Export, Work
from operations.safekeeping.tasks import end_trial, end_trials
from portal.offers.models import Offer
from tenants.models import Backup, Drill, Municipality, Removal, State
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality
from tests.architecture.test_access import session_of
from tests.conftest import municipality
from tests.factories import an_offer
from tests.people.cast import an_account
from tests.tenants.test_hostile_exports import Forgery

HOME = "/betrieb/sicherungen/"
LIFE = "/betrieb/kommunen/ahausen/zustand/"


@pytest.fixture
def operator(signed_in):
    return signed_in(None, Role.OPERATOR)


def run_jobs() -> None:
    call_command("work", until_empty=True, concurrency=1)


def town(slug="ahausen") -> Municipality | None:
    with inside_public():
        return Municipality.objects.filter(slug=slug).first()


def the_work(kind) -> Work:
    with inside_public():
        return Work.objects.filter(kind=kind).latest("pk")


@pytest.fixture
def browser(own_database, settings, tmp_path):
    """Real commits and jobs."""
    settings.BACKUP_DIR = tmp_path / "backups"
    with inside_public():
        session = session_of(an_account("betrieb@platform.example", "operator"))
    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = session
    return client


def test_a_file_is_looked_into_tried_out_and_restored_and_the_municipality_deleted(browser, tmp_path, capsys):
    with inside(municipality("ahausen")):
        an_offer(title="Chor am Montag")
        OutboxMessage.objects.create(
            to="eva@example.org", subject="x", body="x", sender="a@example.org", message_id="<1@x>"
        )
    removal = _deleted(browser)
    file = f"{HOME}dateien/geloescht-{removal.pk}/"
    assert file in browser.get(HOME).content.decode()
    assert "Noch hat niemand hineingesehen." in browser.get(file).content.decode()
    browser.post(f"{file}ansehen/")
    run_jobs()
    page = browser.get(file).content.decode()
    assert "Jede Prüfsumme stimmt." in page
    assert 'value="ahausen.localhost"' in page
    call_command("restore_municipality", removal.export, check=True)
    assert "Jede Prüfsumme stimmt: Stadt Ahausen (ahausen)" in capsys.readouterr().out
    _tried_out(browser, file)
    _restored(browser, file)
    _bad_files(browser, Path(removal.export), tmp_path / "forged.zip")


def _deleted(browser) -> Removal:
    """Asked for once, done by a job, with its export among the files."""
    assert browser.post(f"{LIFE}loeschen/", {"name": "Stadt Bedorf"}).status_code == 400
    address = browser.post(f"{LIFE}loeschen/", {"name": " Stadt  Ahausen "}).url
    assert browser.post(f"{LIFE}loeschen/", {"name": "Stadt Ahausen"}).url == address
    assert 'data-hx-trigger="every 3s"' in browser.get(address).content.decode()
    run_jobs()
    page = browser.get(address).content.decode()
    assert "Die Kommune ist gelöscht." in page
    with inside_public():
        removal = Removal.objects.get()
        assert Entry.objects.filter(action="safekeeping.delete").count() == 1
    assert (town(), removal.export_sha256 in page) == (None, True)
    return removal


def _tried_out(browser, file) -> None:
    """Closed, silent, and gone afterwards with its own export."""
    trial = browser.post(f"{file}ausprobieren/").url
    run_jobs()
    slug = working.trial_slug(the_work("trial"))
    scratch = town(slug)
    found = the_work("trial")
    assert scratch is not None, f"{found.state} {found.what} {found.error} {found.result}"
    assert (scratch.state, scratch.name) == (State.SUSPENDED, "Probe: Stadt Ahausen")
    with inside(scratch):
        assert Offer.objects.filter(title="Chor am Montag").exists()
        assert OutboxMessage.objects.get(subject="x").state == "queued"
    assert Client(HTTP_HOST=f"{slug}.vorschau.localhost").get("/angebote/").status_code == 503
    assert "Jetzt löschen" in browser.get(trial).content.decode()
    browser.post(f"{trial}beenden/")
    run_jobs()
    assert town(slug) is None
    assert "Das Ausprobieren ist vorbei" in browser.get(trial).content.decode()
    with inside_public():
        assert not Path(Removal.objects.get(slug=slug).export).exists()


def _restored(browser, file) -> None:
    """Under its own names; a job that is begun again after it was killed finds its work done."""
    assert browser.post(f"{file}wiederherstellen/", {"slug": "bedorf", "host": "neu.localhost"}).status_code == 400
    back = browser.post(f"{file}wiederherstellen/", {"slug": "ahausen", "host": "ahausen.localhost"}).url
    run_jobs()
    assert "ahausen.localhost wiederhergestellt" in browser.get(back).content.decode()
    assert Client(HTTP_HOST="ahausen.localhost").get("/impressum/").status_code == 200
    with inside_public():
        Work.objects.filter(kind="restore").update(state="waiting")
    working.run(the_work("restore").pk)
    assert (the_work("restore").state, the_work("restore").error) == ("done", "")


def _bad_files(browser, good: Path, path: Path) -> None:
    """Newer, damaged, foreign and no zip at all: one sentence each, and nothing has happened."""
    with inside_public():
        before = set(Municipality.objects.values_list("slug", flat=True))
    newer = Forgery(good)
    newer.manifest["migrations"].append(["offers", "9999_of_tomorrow"])
    newer.write(path)
    _refused(browser, path.read_bytes(), "neueren")
    damaged = Forgery(good)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in damaged.members.items()}
    damaged.members["tables/offers_offer.jsonl"] = b"{}\n"
    damaged.write(path, sums=sums)
    _refused(browser, path.read_bytes(), "beschädigt")
    foreign = BytesIO()
    with zipfile.ZipFile(foreign, "w") as zipped:
        zipped.writestr("manifest.json", '{"format": "anything"}')
    _refused(browser, foreign.getvalue(), "kein Export")
    assert browser.post(f"{HOME}dateien/", {"datei": SimpleUploadedFile("x.zip", b"nichts")}).status_code == 400
    with inside_public():
        assert set(Municipality.objects.values_list("slug", flat=True)) == before


def _refused(browser, content, words) -> None:
    file = browser.post(f"{HOME}dateien/", {"datei": SimpleUploadedFile("Export Ürsel.zip", content)}).url
    run_jobs()
    page = browser.get(file).content.decode()
    assert words in page, page
    assert "wiederherstellen/" not in page
    trial = browser.post(f"{file}ausprobieren/").url
    run_jobs()
    assert "Das ging nicht" in browser.get(trial).content.decode()


def test_while_somebody_works_on_it_a_deletion_waits_and_says_for_whom(browser):
    address = browser.post(f"{LIFE}loeschen/", {"name": "Stadt Ahausen"}).url
    with one_municipality("ahausen", "restore"):
        run_jobs()
        page = browser.get(address).content.decode()
    assert "restore ahausen" in page
    assert "Es wird von selbst wieder versucht." in page
    assert town() is not None


def test_backups_and_drills_are_begun_in_the_browser(browser):
    address = browser.post(f"{HOME}sichern/", {"kommune": "ahausen"}).url
    drill = browser.post(f"{HOME}probe/").url
    run_jobs()
    assert "Gesichert und geprüft" in browser.get(address).content.decode()
    # There is no backup of everything to rehearse with: said in the sentence of the service.
    assert "manage backup" in browser.get(drill).content.decode()
    with inside_public():
        backup = Backup.objects.get()
        assert not Drill.objects.exists()
        assert [each.key for each in sources.of_town("ahausen")] == [f"sicherung-{backup.pk}"]
    assert f"sicherung-{backup.pk}" in browser.get(LIFE).content.decode()


@pytest.mark.parametrize(
    ("state", "offered"),
    [("live", {"schliessen", "archivieren"}), ("suspended", {"oeffnen", "archivieren"}),
     ("archived", {"schliessen"}), ("draft", {"archivieren"})],
)  # fmt: skip
def test_what_is_possible_is_offered_with_what_it_does(operator, ahausen, state, offered):
    with inside_public():
        Municipality.objects.filter(slug="ahausen").update(state=state)
    page = operator.get(LIFE).content.decode()
    assert {key for key in ("schliessen", "oeffnen", "archivieren") if f'value="{key}"' in page} == offered
    assert "Das lässt sich nicht zurücknehmen" in page
    assert "ahausen.localhost" in page


def test_suspending_wants_a_reason_archiving_the_name_and_both_go_back(operator, ahausen):
    def state() -> tuple[str, str]:
        found = town()
        assert found is not None
        return found.state, found.state_reason

    def step(key, **more) -> int:
        return operator.post(f"{LIFE}aendern/", {"schritt": key, **more}).status_code

    assert step("schliessen", grund="  ") == 400
    assert step("schliessen", grund="Umbau\nbis Mai") == 302
    assert state() == ("suspended", "Umbau bis Mai")
    assert step("schliessen", grund="noch einmal") == 400
    assert step("oeffnen") == 302
    assert state() == ("live", "")
    for wrong in ("", "ahausen", "stadt ahausen"):
        assert step("archivieren", name=wrong) == 400
    assert step("archivieren", name="Stadt Ahausen") == 302
    assert step("oeffnen") == 400
    assert step("sprengen") == 400
    assert step("schliessen", grund="zurück") == 302
    assert state() == ("suspended", "zurück")
    with inside_public():
        entry = Entry.objects.filter(action="archive").get()
    assert entry.actor == "operator@platform.example"


def test_trials_whose_time_is_over_are_ended_by_themselves(db):
    with inside_public():
        now = timezone.now()
        given = {"kind": "trial", "state": "done", "asked_by": "x"}
        over = Work.objects.create(**given, source="a", goes_at=now - timedelta(minutes=1))
        Work.objects.create(**given, source="b", goes_at=now + timedelta(days=1))
        end_trials(0)
        end_trials(0)
        assert end_trial.under_way() == {"public": [{"number": over.pk}]}
        working.end_trial(over)
        over.refresh_from_db()
        assert over.state == "ended"


def test_one_whose_process_was_killed_says_so_and_is_begun_anew(operator):
    with inside_public():
        dead = Work.objects.create(kind="backup", slug="ahausen", name="Ahausen", asked_by="x")
    assert "endete vorzeitig" in operator.get(f"{HOME}arbeiten/{dead.pk}/").content.decode()
    again = operator.post(f"{HOME}sichern/", {"kommune": "ahausen"})
    assert again.url != f"{HOME}arbeiten/{dead.pk}/"
    dead.refresh_from_db()
    assert dead.state == "failed"
    with inside_public():
        assert asking.is_attended(Work.objects.get(state="waiting"))


@pytest.mark.parametrize(
    "key", ["mitgebracht-..", "mitgebracht-x.zip", "export-99", "export-x", "geloescht-", "x", "sicherung-1e3",
            "mitgebracht-.zip", "export-" + "9" * 30],
)  # fmt: skip
def test_no_file_is_found_by_made_up_keys(operator, key):
    assert operator.get(f"{HOME}dateien/{key}/").status_code == 404


def test_what_was_brought_along_goes_after_a_week(db, tmp_path):
    with inside_public():
        kept = sources.bring(SimpleUploadedFile("neu.zip", b"PK\x03\x04"))
        old = sources.bring(SimpleUploadedFile("../../alt.zip", b"PK\x03\x04"))
        assert old.path.parent == sources.incoming()
        week = (timezone.now() - timedelta(days=8)).timestamp()
        os.utime(old.path, (week, week))
        sources.sweep()
        assert (kept.is_there, old.is_there) == (True, False)
        assert oct(kept.path.stat().st_mode)[-3:] == "600"


def test_the_pages_ask_no_schema_however_many_there_are(operator, ahausen, django_assert_max_num_queries):
    with inside_public():
        Work.objects.bulk_create(
            Work(kind="backup", slug=f"ort-{n}", name="Ort", asked_by="x", state="done") for n in range(300)
        )
        Export.objects.bulk_create(Export(slug="ahausen", name="A", asked_by="x", state="failed") for _n in range(300))
    for address in (HOME, LIFE):
        with django_assert_max_num_queries(20) as asked:
            assert operator.get(address).status_code == 200
        assert not any('"ahausen".' in each["sql"] for each in asked.captured_queries)
