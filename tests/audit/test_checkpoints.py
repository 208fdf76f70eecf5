"""What is written down of a log outside of the database."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from audit import checkpoints
from audit.checkpoints import KEPT, Log, keep, known_of
from audit.verifying import Finding, verify, write_checkpoint
from tenants.running.context import inside
from tests.audit.forging import a_log
from tests.factories import a_provider

LOG = Log("ahausen", 7)


@pytest.fixture
def folder(tmp_path, settings):
    """On a disk, as it is delivered."""
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    storages._storages["checkpoints"] = checkpoints.CheckpointStorage()
    return tmp_path / "checkpoints" / "ahausen"


def test_it_is_one_line_that_a_person_can_read(folder):
    assert known_of(LOG) == checkpoints.Known(None, [])
    keep(LOG, position=12, entry_hash="b" * 64)
    (file,) = folder.iterdir()
    said, _colon, signature = file.read_text(encoding="utf-8").strip().rpartition(":")
    told = json.loads(said)
    assert (told["schema"], told["number"], told["position"], told["entry_hash"]) == ("ahausen", 7, 12, "b" * 64)
    assert len(signature) > 40
    found = known_of(LOG)
    assert (found.newest.position, found.newest.entry_hash, found.changed) == (12, "b" * 64, [])


def test_the_newest_counts_and_thirty_are_kept(folder):
    for position in range(KEPT + 5):
        keep(LOG, position=position + 1, entry_hash=f"{position:064}")
    assert known_of(LOG).newest.position == KEPT + 5
    assert len(list(folder.iterdir())) == KEPT


def test_another_log_of_the_same_name_is_another_log(folder):
    keep(LOG, position=12, entry_hash="b" * 64)
    assert known_of(Log("ahausen", 8)) == checkpoints.Known(None, [])
    assert known_of(Log("bedorf", 7)) == checkpoints.Known(None, [])


@pytest.mark.parametrize("forging", ["position", "signature", "empty", "rubbish", "another key"])
def test_who_changes_a_file_is_noticed_and_the_one_before_holds(folder, settings, forging):
    keep(LOG, position=12, entry_hash="b" * 64)
    if forging == "another key":
        key, settings.SECRET_KEY = settings.SECRET_KEY, "somebody else's"
        _with_signer(lambda: keep(LOG, position=13, entry_hash="c" * 64))
        settings.SECRET_KEY = key
    else:
        keep(LOG, position=13, entry_hash="c" * 64)
        newest = max(folder.iterdir())
        text = newest.read_text(encoding="utf-8")
        changed = {"position": text.replace("13", "12"), "signature": text[:-3] + "x\n", "empty": ""}
        newest.write_text(changed.get(forging, "\x00\xff{"), encoding="latin-1")
    found = known_of(LOG)
    assert found.newest.position == 12
    assert found.changed == [f"ahausen/{max(folder.iterdir()).name}"]


def _with_signer(deed):
    plain = checkpoints._signer
    checkpoints._signer = checkpoints.Signer(salt="audit.checkpoints")
    try:
        deed()
    finally:
        checkpoints._signer = plain


def test_a_changed_file_is_said_and_the_log_goes_on(ahausen, folder):
    with inside(ahausen):
        a_log(a_provider())
        assert write_checkpoint(LOG, verify(LOG))
        assert verify(LOG).finding is Finding.WHOLE
        storages["checkpoints"].save("ahausen/20990101T000000000000Z.txt", ContentFile(b"x"))
        verdict = verify(LOG)
        assert verdict.finding is Finding.CHECKPOINT
        assert verdict.changed_files == ["ahausen/20990101T000000000000Z.txt"]
        assert write_checkpoint(LOG, verdict)


def test_an_empty_log_has_no_end_to_write_down(ahausen, folder):
    with inside(ahausen):
        assert not write_checkpoint(LOG, verify(LOG))
    assert not folder.exists()
