"""Export and restore: nothing is lost, nothing is half-done, nothing of others is in it."""

import hashlib
import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from audit.services import broken_links, record
from portal.taxonomy.models import Category
from tenants.models import Domain, Municipality, State
from tenants.refused import RefusedError
from tenants.registry import schema_exists
from tenants.rollout.fingerprint import fingerprint
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality, whole_platform
from tenants.running.storage import files as stored
from tenants.transfer.building import build
from tenants.transfer.exporting import export_municipality
from tenants.transfer.files import DERIVED
from tenants.transfer.leftovers import SCRATCH, sweep
from tenants.transfer.restoring import restore_municipality
from tests.children import environment, python, wait_for_the_dead
from tests.conftest import municipality
from tests.factories import an_offer
from tests.tenants.town import files_of, furnish, rows_of
from theming import images
from theming.models import Theme

pytestmark = [pytest.mark.usefixtures("own_database"), pytest.mark.both_stores]


@pytest.fixture
def exported(tmp_path):
    """The export of a furnished municipality."""
    furnish(municipality("ahausen"))
    path = tmp_path / "ahausen.zip"
    export_municipality("ahausen", path)
    return path


def test_beside_the_original_everything_is_the_same_and_the_next_insert_works(exported, visitor):
    before, files = rows_of("ahausen"), files_of("ahausen")
    done = restore_municipality(exported, slug="kopie", host="kopie.localhost")
    assert rows_of("kopie") == before == rows_of("ahausen")
    assert files_of("kopie") == files == files_of("ahausen")
    assert (done.rows, done.files) == (sum(map(len, before.values())) - len(before["sequences"]), 3)
    assert not any(found.name.startswith((DERIVED, ".")) for found in stored().walk("kopie"))
    with transaction.atomic():
        assert fingerprint("kopie") == fingerprint("ahausen")
    with inside(municipality("kopie")):
        newest = Category.objects.order_by("-id").first().pk
        assert Category.objects.create(name="Neu").pk == newest + 1
        record("create", Category.objects.get(name="Neu"), by="test")
        assert broken_links() == []
    answer = visitor("kopie").get("/angebote/")
    assert answer.status_code == 200
    assert "Kurs 3" in answer.content.decode()
    assert stored().marked() == []


def test_export_delete_restore_leaves_no_difference(exported, visitor):
    before, files = rows_of("ahausen"), files_of("ahausen")
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert visitor("ahausen").get("/").status_code == 404
    call_command("restore_municipality", exported)
    assert rows_of("ahausen") == before
    assert files_of("ahausen") == files
    with inside_public():
        again = Municipality.objects.get(slug="ahausen")
        assert (again.state, again.name, again.domains.get().domain) == ("live", "Stadt Ahausen", "ahausen.localhost")
    assert visitor("ahausen").get("/angebote/").status_code == 200


def test_what_a_process_remembers_of_a_deleted_municipality_is_not_shown_of_the_restored_one(exported, visitor):
    with inside(municipality("ahausen")):
        an_offer(title="Nach dem Export")
    assert "Nach dem Export" in visitor("ahausen").get("/angebote/").content.decode()
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    restore_municipality(exported)
    assert "Nach dem Export" not in visitor("ahausen").get("/angebote/").content.decode()


def test_the_file_is_what_its_description_says(exported):
    with zipfile.ZipFile(exported) as zipped:
        assert zipped.testzip() is None
        manifest = json.loads(zipped.read("manifest.json"))
        listed = dict(reversed(line.split("  ", 1)) for line in zipped.read("checksums.sha256").decode().splitlines())
        assert listed.keys() == set(zipped.namelist()) - {"manifest.json", "checksums.sha256"}
        assert all(hashlib.sha256(zipped.read(name)).hexdigest() == digest for name, digest in listed.items())
        assert manifest["checksums_sha256"] == hashlib.sha256(zipped.read("checksums.sha256")).hexdigest()
        offers = [json.loads(line) for line in zipped.read("tables/offers_offer.jsonl").splitlines()]
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
    assert manifest["tables"]["offers_offer"]["rows"] == len(offers) == 5
    assert offers[0]["created_at"].endswith("+00:00")
    assert offers[0]["languages"] == ["de", "tr"]
    assert b"bedorf" not in everything.lower()
    assert exported.stat().st_mode & 0o777 == 0o600
    assert DERIVED == images.DERIVED


def test_a_file_that_a_row_names_and_that_is_missing_is_told(tmp_path, capsys):
    ahausen = municipality("ahausen")
    with inside(ahausen):
        there = default_storage.save("theme/da.svg", ContentFile(b"<svg/>"))
        Theme.objects.update(logo="theme/fehlt.svg", logo_width=10, logo_height=10, favicon=there)
    call_command("export_municipality", "ahausen", str(tmp_path / "a.zip"))
    assert "1 Dateien, die in Zeilen genannt sind, fehlen" in (said := capsys.readouterr().err)
    assert "theme/fehlt.svg" in said
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
    assert (manifest["files"], manifest["files_missing"], manifest["missing"]) == (1, 1, ["theme/fehlt.svg"])
    assert restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost").files == 1


def test_an_operator_who_acted_is_not_named(tmp_path):
    with inside_public():
        operator = User.objects.create_user("olga.operator@platform.example", "x" * 12, roles=["operator"])
    ahausen = municipality("ahausen")
    with inside(ahausen):
        offer = an_offer()
        record("update", offer, by=operator)
        record("update", offer, by="eva@ahausen.example")
    export_municipality("ahausen", tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
        assert json.loads(zipped.read("manifest.json"))["redacted"] == 1
    assert b"olga" not in everything
    assert b"eva@ahausen.example" in everything


@pytest.mark.one_store("it looks at schemas alone")
def test_an_export_of_an_earlier_release_is_brought_up_to_this_one(tmp_path, visitor):
    # The release before easy language, search documents and the limits of keeping.
    graph = MigrationLoader(None).graph
    later = {
        ("offers", "0002_search_document"),
        ("pages", "0003_easy_language"),
        ("preferences", "0003_gone_after_days"),
    }
    gone = {child for key in later for child in graph.backwards_plan(key)}
    assert build("altdorf", [list(key) for key in graph.nodes if key not in gone])
    with inside_public():
        old = Municipality.objects.create(slug="altdorf", schema_name="altdorf", name="Altdorf")
        Domain.objects.create(domain="altdorf.localhost", tenant=old)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO altdorf.pages_page (slug, title, body, menu, position, published) "
            "VALUES ('alt', 'Alte Seite', '', 'header', 1, true)"
        )
    export_municipality("altdorf", tmp_path / "alt.zip")
    with zipfile.ZipFile(tmp_path / "alt.zip") as zipped:
        assert "offers_searchdocument" not in json.loads(zipped.read("manifest.json"))["tables"]
    restore_municipality(tmp_path / "alt.zip", slug="neudorf", host="neudorf.localhost")
    with transaction.atomic():
        assert fingerprint("neudorf") == fingerprint("ahausen")
    assert visitor("neudorf").get("/alt/").status_code == 200


def test_what_the_shared_schema_got_since_or_will_get_is_no_matter_of_an_export():
    keys = [list(key) for key in MigrationLoader(None).graph.nodes if not key[1].startswith("0007_figures")]
    # False: nothing is left to migrate, the release's script was enough.
    assert not build("altdorf", [*keys, ["tenants", "9999_of_tomorrow"]])
    with pytest.raises(RefusedError, match="9999_of_tomorrow"):
        build("neudorf", [*keys, ["offers", "9999_of_tomorrow"]])


def test_another_deployment_takes_it_too(exported, tmp_path):
    before = rows_of("ahausen")
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    call_command("delete_municipality", "bedorf", confirm="bedorf")
    with inside_public():
        assert not Municipality.objects.exists()
    restore_municipality(exported, host="angebote.ahausen.example")
    assert rows_of("ahausen") == before
    with inside_public():
        assert Domain.objects.get().domain == "angebote.ahausen.example"


TAKEN_OR_IMPOSSIBLE = [
    ("", "neu.localhost", "ahausen"),
    ("bedorf", "neu.localhost", "bedorf"),
    ("neu", "", "Stadt Ahausen"),
    ("neu", "bedorf.localhost", "Gemeinde Bedorf"),
    ("neu", "localhost", "localhost"),
    ("www", "neu.localhost", "www"),
    ("neu/../x", "neu.localhost", "neu/../x"),
    ("neu", "http://neu", "http://neu"),
]


def test_a_name_that_is_taken_or_impossible_is_refused(exported):
    before = _everything()
    for slug, host, word in TAKEN_OR_IMPOSSIBLE:
        with pytest.raises(RefusedError, match=word):
            restore_municipality(exported, slug=slug, host=host)
    assert _everything() == before


def _everything():
    """What must be as it was after a refusal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY 1")
        schemas = cursor.fetchall()
    with inside_public():
        towns, hosts = list(Municipality.objects.values()), list(Domain.objects.values())
    kept = [(schema, found) for schema in stored().schemas() for found in stored().walk(schema)]
    return schemas, towns, hosts, kept, stored().marked()


def test_moving_keeps_out_of_the_way_of_other_work(exported):
    for work in (
        lambda: export_municipality("ahausen", exported),
        lambda: restore_municipality(exported, slug="neu", host="neu.localhost"),
        lambda: call_command("delete_municipality", "ahausen", confirm="ahausen"),
        lambda: call_command("suspend_municipality", "ahausen", reason="Umbau"),
    ):
        with whole_platform("rollout 7"), pytest.raises((RefusedError, CommandError), match="rollout 7"):
            work()
    with one_municipality("ahausen", "export"), pytest.raises(CommandError, match="export ahausen"):
        call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert municipality("ahausen").state == State.LIVE


def test_a_full_disk_leaves_no_part_of_an_export(exported, tmp_path):
    target = tmp_path / "voll.zip"
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "from django.core.management import call_command, CommandError\n"
        f"try: call_command('export_municipality', 'ahausen', {str(target)!r})\n"
        "except CommandError as error: print(error); sys.exit(1)\n"
    )
    with python(code, DATA_DIR=str(Path(settings.MEDIA_ROOT).parent)) as child:
        said, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "voll.zip" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.glob("voll*")] == []
    with pytest.raises(RefusedError, match="gibt-es-nicht"):
        export_municipality("ahausen", tmp_path / "gibt-es-nicht" / "a.zip")
    with pytest.raises(RefusedError, match="nirgends"):
        export_municipality("nirgends", tmp_path / "a.zip")


_DIE_AT = {
    "loading": "from tenants.transfer import loading as at\nname = '_check_references'",
    "files": "from tenants.transfer import restoring as at\nname = '_stage_files'",
    "names": "from tenants.running import changes as at\nname = 'announce'",
}


def test_a_killed_restore_leaves_nothing_after_the_next_start(exported, visitor):
    for moment in _DIE_AT:
        _restore_and_die(exported, moment)
        assert visitor("neu").get("/").status_code == 404
        sweep()
        assert not schema_exists("neu")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_namespace WHERE starts_with(nspname, %s)", [SCRATCH])
            assert cursor.fetchone() == (0,)
        assert (stored().schemas(), stored().marked()) == (["ahausen"], [])
    restore_municipality(exported, slug="neu", host="neu.localhost")
    assert rows_of("neu") == rows_of("ahausen")


def _restore_and_die(exported, moment):
    code = (
        f"{_DIE_AT[moment]}\n"
        "import os, signal, pathlib\n"
        "plain = getattr(at, name)\n"
        "def die(*a, **k): plain(*a, **k); os.kill(os.getpid(), signal.SIGKILL)\n"
        "setattr(at, name, die)\n"
        "from tenants.transfer.restoring import restore_municipality\n"
        f"restore_municipality(pathlib.Path({str(exported)!r}), slug='neu', host='neu.localhost')\n"
    )
    variables = environment(DATA_DIR=str(Path(settings.MEDIA_ROOT).parent))
    done = subprocess.run([sys.executable, "-c", f"import django; django.setup()\n{code}"], env=variables, check=False)
    assert done.returncode == -signal.SIGKILL
    wait_for_the_dead()
