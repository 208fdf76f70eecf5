"""`kill -9` of the worker in the middle of a table: nothing is lost, nothing is there twice, and it goes on."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from audit.models import Entry
from portal.exchange.models import ImportedRecord
from portal.imports import beginning, looking, taking
from portal.imports.models import Row, Upload
from portal.offers.models import Offer
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.exchange.excel.workbooks import row, save
from tests.imports.conftest import teach

NEW, CHANGED = 300, 260


def prepare(path: Path) -> Upload:
    """A table that was looked at, of new offers and of some that are changed, with the button pressed."""
    club, helga = teach()
    dated = {"kind": "Konkrete Daten", "start_date": "01.03.2027"}
    before = [row(id=number, title=f"Kurs {number}", **dated) for number in range(CHANGED)]
    _sent(path, club, helga, before, key="vorher")
    taking.take(Upload.objects.get())
    Upload.objects.all().delete()
    Revision.objects.all().delete()
    after = [row(id=number, title=f"Kurs {number}", summary="Neu", **dated) for number in range(CHANGED + NEW)]
    return _sent(path, club, helga, after, key="jetzt")


def _sent(path, club, helga, rows, *, key: str) -> Upload:
    content = ContentFile(save(path / "a.xlsx", *rows).read_bytes(), name="a")
    upload = Upload(provider=club, by=helga, key=key, name="a.xlsx", language="de")
    upload.file.save("a", content)
    upload.save()
    looking.look(upload)
    upload.refresh_from_db()
    assert beginning.begin(upload, by=helga, hand_in=False, fill=Upload.Fill.NOTHING)
    upload.refresh_from_db()
    return upload


def consistent() -> int:
    """How many offers are done; each of them whole, and told so once."""
    upload = Upload.objects.get()
    done = upload.rows.filter(state=Row.State.DONE)
    new = Offer.objects.filter(summary="Neu")
    assert new.count() == done.count() == upload.done
    assert upload.created + upload.updated == upload.done
    assert Offer.objects.count() == CHANGED + upload.created
    assert len(set(Offer.objects.values_list("title", flat=True))) == Offer.objects.count()
    assert Revision.objects.filter(state="applied").values("subject_id").distinct().count() == upload.done
    assert ImportedRecord.objects.count() == Offer.objects.count()
    told = Entry.objects.filter(action="import_offers", changes__file="a.xlsx")
    assert sum(each.changes["created"] + each.changes["updated"] for each in told) == upload.done + CHANGED
    return done.count()


@pytest.mark.usefixtures("own_database")
def test_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path, settings) -> None:
    media = str(settings.MEDIA_ROOT)
    with inside(municipality("ahausen")):
        prepare(tmp_path)
    seen = []
    # Twice among the changes of the first part, among the new ones of the second, and in the last: the rows say that.
    for table in ("offers_offer", "exchange_importedrecord", "offers_schedule", "offers_location", "nothing"):
        times = 2 if table == "offers_location" else 1
        code = f"from tests.imports.killing import main; main({table!r}, {times}, {media!r})"
        with children.python(code) as child:
            said, error = child.communicate(timeout=120)
        children.wait_for_the_dead()
        if table != "nothing":
            assert child.returncode == -9, error or said
        with inside(municipality("ahausen")):
            seen.append(consistent())
    assert "done" in said
    assert seen == sorted(seen)
    assert seen[:4] == [0, 0, taking.PART, 2 * taking.PART]
    assert seen[-1] == NEW + CHANGED
    with inside(municipality("ahausen")):
        assert Upload.objects.get().state == Upload.State.DONE
