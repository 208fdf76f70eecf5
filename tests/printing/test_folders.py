"""The folders in which papers are made, and what importing the press does to others."""

import subprocess
import sys
import tempfile
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.printing import folders

HOLD = "from portal.printing import folders\nwith folders.making() as folder: print(folder, flush=True); input()"
STRICT = "import press.rendering; from PIL import ImageFile; print(ImageFile.LOAD_TRUNCATED_IMAGES)"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_a_folder_in_which_a_paper_is_being_made_stays_whatever_the_clock_says():
    later = timezone.now() + timedelta(days=400)
    with folders.making() as folder:
        (folder / "part.html").write_text("x", encoding="utf-8")
        folders.tidy(later)
        assert (folder / "part.html").read_text(encoding="utf-8") == "x"
    assert not folder.exists()


def test_what_a_killed_process_left_goes_once_it_is_old(tmp_path):
    now = timezone.now()
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        name = process.stdout.readline().decode().strip()
        folders.tidy(now + timedelta(days=2))
        assert [str(each) for each in tmp_path.iterdir()] == [name]
        process.kill()
    folders.tidy(now - timedelta(days=1))
    assert [str(each) for each in tmp_path.iterdir()] == [name]
    folders.tidy(now + timedelta(days=2))
    assert list(tmp_path.iterdir()) == []


def test_what_others_put_there_neither_goes_nor_stops_it(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / f"{folders.NAMES}file").write_text("x", encoding="utf-8")
    (tmp_path / f"{folders.NAMES}link").symlink_to(tmp_path / "kept")
    left = tmp_path / f"{folders.NAMES}left"
    left.mkdir()
    folders.tidy(timezone.now() + timedelta(days=2))
    assert not left.exists()
    assert len(list(tmp_path.iterdir())) == 3


def test_half_a_picture_stays_no_picture_for_whoever_loads_the_press():
    assert subprocess.check_output([sys.executable, "-c", STRICT]) == b"False\n"
