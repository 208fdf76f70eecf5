"""Killed with -9 in the middle of an upload: no row without its file, no picture twice, and what is left over goes."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.media.models import MediaFile
from portal.media.orphans import remove_orphans
from portal.media.services import receive
from tenants.running.context import inside
from tests.children import python, wait_for_the_dead
from tests.conftest import municipality
from tests.site.test_library import upload

DYING = """
import os, signal
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from portal.media.models import MediaFile
from portal.media.services import receive
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
plain = MediaFile.save
def save(self, *args, **given):
    if {row}:
        plain(self, *args, **given)
    os.kill(os.getpid(), signal.SIGKILL)
MediaFile.save = save
with inside_public():
    town = Municipality.objects.get(slug="ahausen")
with inside(town):
    receive(SimpleUploadedFile("bild.png", Path({file!r}).read_bytes(), "image/png"), by=None)
"""


@pytest.mark.both_stores
@pytest.mark.usefixtures("own_database")
def test_an_upload_killed_before_and_after_its_row_is_done_once_when_it_is_sent_again(tmp_path):
    sent = tmp_path / "bild.png"
    sent.write_bytes(upload().read())
    for row in (False, True):
        with python(DYING.format(row=row, file=str(sent)), DATA_DIR=str(Path(settings.MEDIA_ROOT).parent)) as child:
            said, _nothing = child.communicate()
        assert child.returncode == -signal.SIGKILL, said
        wait_for_the_dead()
        with inside(municipality("ahausen")):
            assert not MediaFile.objects.exists()
    with inside(municipality("ahausen")):
        again = [receive(upload(), by=None) for _twice in range(2)]
        row = MediaFile.objects.get()
        assert again == [row, row]
        kept = str(row.file)
        folder = kept.rpartition("/")[0]
        assert len(default_storage.listdir(folder)[1]) == 3
        remove_orphans(now=timezone.now() + timedelta(days=60))
        assert default_storage.listdir(folder)[1] == [kept.rpartition("/")[2]]
