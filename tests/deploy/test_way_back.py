"""update.sh: whatever goes wrong with a new release, the old one serves; restore.sh: files go where files are kept."""

import fcntl
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config.stores import store
from tests.children import environment
from tests.deploy.fake_machine import FakeMachine
from tests.deploy.places import BIN

RESTART = "systemctl restart --no-block chancenportal-web chancenportal-worker"
STEPS = ("manage backup", "manage rollout", "manage collectstatic", RESTART, "systemctl restart chancenportal-tls")


@pytest.fixture
def machine(tmp_path):
    return FakeMachine(tmp_path)


def test_a_good_release_serves_after_a_backup_and_its_rollout(machine):
    new = machine.release("new")
    done = machine.run("update.sh", "--watch", "15", of="new")
    assert done.returncode == 0, done.stderr
    assert machine.order(*STEPS) == list(STEPS)
    assert "manage rollout --watch 15" in machine.asked
    assert machine.serves == new
    assert (machine.opt / "previous").resolve() == machine.old
    again = machine.run("update.sh", of="new")
    assert "serves already" in again.stdout
    back = machine.run("update.sh", "--back", of="new")
    assert (back.returncode, machine.serves) == (0, machine.old)


@pytest.mark.parametrize(
    ("fails", "asked", "said"),
    [
        ("backup", ["manage backup"], ""),
        ("rollout", ["manage backup", "manage rollout"], "goes on serving"),
    ],
)
def test_a_backup_or_a_rollout_that_fails_changes_nothing(machine, fails, asked, said):
    failing = f'[ "$1" != {fails} ] || {{ echo "the reason" >&2; exit 1; }}'
    # The backup is made by the release that serves, the rollout by the new one.
    machine.manages(machine.old, failing)
    machine.release("new", failing)
    done = machine.run("update.sh", of="new")
    assert done.returncode == 1
    assert "the reason" in done.stderr
    assert said in done.stderr
    assert machine.order(*STEPS) == asked
    assert machine.serves == machine.old


@pytest.mark.parametrize("why", ["not ready", "static files", "static files of the old one, too"])
def test_a_release_that_does_not_serve_is_taken_back(machine, why):
    failing = 'if [ "$1" = collectstatic ]; then exit 1; fi'
    new = machine.release("new", "" if why == "not ready" else failing)
    if why == "not ready":
        (new / "not-ready").touch()
    if why.endswith("too"):
        (machine.old / "not-ready").touch()
    done = machine.run("update.sh", of="new")
    assert done.returncode == 1
    assert "does not become ready" in done.stderr
    assert machine.serves == machine.old
    assert new.exists()
    assert machine.asked[-2 if why.endswith("too") else -3].startswith("manage collectstatic")
    assert (RESTART in machine.asked) is True
    if why.endswith("too"):
        assert "is not ready either" in done.stderr
        assert "The service does not start" in done.stderr
    else:
        assert f"READY: {machine.old.name} serves again" in done.stdout


def test_one_at_a_time(machine):
    machine.release("new")
    (machine.folder / "run").mkdir()
    with (machine.folder / "run" / "deploy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = machine.run("update.sh", of="new")
    assert done.returncode == 1
    assert "another installation, update or restore is under way" in done.stderr
    assert machine.asked == []


FILES = {"ahausen/bild/a.bin": b"a" * 5000, "ahausen/~upload/größe 1.xlsx": b"b" * 10, "public/~tickets/c.png": b"c"}


@pytest.fixture
def backed_up(machine):
    """A backup with files, and a `manage` that is the real one."""
    kept = machine.backups / "cluster" / "01"
    for name, content in FILES.items():
        path = kept / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (kept / "data").mkdir()
    (kept / "data" / "PG_VERSION").write_text("17\n")
    note = {"name": "01", "parent": "", "at": "2026-11-30T00:40:00+00:00", "major": 17}
    (kept / "backup.json").write_text(json.dumps(note))
    (machine.folder / "pg" / "before").touch()
    real = f'case $1 in check_files | move_files) exec {BIN}/manage "$@" ;; esac'
    machine.manages(machine.old, real)
    return machine


def settle(machine, url):
    """Its settings: the test's database, files in a bucket."""
    given = environment(
        DATA_DIR=str(machine.data), STORAGE_URL=url, BACKUP_DIR=str(machine.backups), LANGUAGE_CODE="en"
    )
    names = ("DATABASE_URL", "DATA_DIR", "DEMO", "SECRET_KEY", "BASE_DOMAIN", "STORAGE_URL", "BACKUP_DIR")
    lines = [f'{name}="{given[name]}"' for name in names]
    machine.settings.write_text(machine.settings.read_text() + "\n".join(lines) + "\n")


@pytest.mark.xdist_group("s3")
def test_a_restore_brings_the_files_into_the_bucket(db, backed_up, s3_server):
    url = s3_server.url()
    settle(backed_up, url)
    bucket = storages.create_storage(store("STORAGE_URL", url, {}))
    # The fire left some of it.
    bucket.save("ahausen/bild/a.bin", ContentFile(FILES["ahausen/bild/a.bin"]))
    bucket.save("ahausen/bild/neuer.bin", ContentFile(b"newer than the backup"))
    done = backed_up.run("restore.sh", "--yes")
    assert done.returncode == 0, done.stderr
    assert "READY: everything is as of 2026-11-30T00:40:00+00:00" in done.stdout
    for name, content in FILES.items():
        with bucket.open(name) as file:
            assert file.read() == content, name
    assert bucket.exists("ahausen/bild/neuer.bin")
    assert [path for path in (backed_up.data / "media").rglob("*") if path.is_file()] == []
    assert (backed_up.folder / "pg" / "PG_VERSION").exists()
    order = ("manage check_files", "systemctl stop chancenportal-worker", "manage move_files",
             "systemctl start --no-block chancenportal.target")  # fmt: skip
    assert backed_up.order(*order) == list(order)


def test_a_restore_without_its_bucket_changes_nothing(db, backed_up):
    settle(backed_up, "s3://portal:0123456789abcdefgh@127.0.0.1:1/bucket?secure=0")
    done = backed_up.run("restore.sh", "--yes")
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert (backed_up.folder / "pg" / "before").exists()
    assert not (backed_up.data / "media").exists()
    assert [line for line in backed_up.asked if line.startswith("systemctl")] == []


def test_files_that_do_not_get_there_are_told_and_the_rest_serves(backed_up):
    failing = '[ "$1" != move_files ] || { echo "the reason" >&2; exit 1; }'
    backed_up.manages(backed_up.old, failing)
    backed_up.settings.write_text(backed_up.settings.read_text() + "STORAGE_URL=s3://portal:x@127.0.0.1:1/bucket\n"
                                  f"BACKUP_DIR={backed_up.backups}\n")  # fmt: skip
    done = backed_up.run("restore.sh", "--yes")
    assert done.returncode == 1
    assert "the reason" in done.stderr
    assert "STORAGE_OLD_URL=disk chancenportal move_files --remove" in done.stderr
    assert "systemctl start --no-block chancenportal.target chancenportal-web chancenportal-worker" in backed_up.asked
    assert (backed_up.data / "media" / "ahausen" / "bild" / "a.bin").exists()


def test_a_restore_onto_a_disk_keeps_what_was_there(backed_up):
    backed_up.settings.write_text(backed_up.settings.read_text() + f"BACKUP_DIR={backed_up.backups}\n")
    (backed_up.data / "media").mkdir()
    (backed_up.data / "media" / "old").touch()
    asked_first = backed_up.run("restore.sh")
    assert "add --yes" in asked_first.stderr
    done = backed_up.run("restore.sh", "--yes")
    assert done.returncode == 0, done.stderr
    assert {name: (backed_up.data / "media" / name).read_bytes() for name in FILES} == FILES
    assert len(list(backed_up.data.glob("media.before-*/old"))) == 1
    assert not [line for line in backed_up.asked if line.startswith("manage move_files")]
