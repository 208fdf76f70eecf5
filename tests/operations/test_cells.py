"""The operator's page of cells: which this is, who moves, what stopped and how it goes on, who lives elsewhere."""

from datetime import timedelta

from django.utils import timezone

from core.access import Role
from tenants.models import Move
from tenants.running.locks import one_municipality
from tests.operations.test_log import words

PAGE = "/betrieb/zellen/"


def _move(slug, **said):
    return Move.objects.create(**{"slug": slug, "cell": "sued", "by": "betrieb", **said})


def test_one_deployment_is_told_so_and_nothing_moves(db, signed_in):
    page = signed_in(None, Role.OPERATOR).get(PAGE).content.decode()
    assert "Es gibt nur eine Installation" in page
    assert "Zurzeit zieht keine Kommune um." in page
    assert "move_municipality" in page


def test_each_move_says_how_it_stands_and_how_it_goes_on(own_database, signed_in, settings):
    settings.CELL = "nord"
    long_ago = timezone.now() - timedelta(minutes=20)
    _move("ahausen", phase="copied", closed_at=long_ago, error="Die Zelle sued: kein Platz mehr")
    _move("bedorf", phase="gone")
    _move("neuhier", phase="copied", arrives=True, cell="west")
    ended = {"ended_at": timezone.now(), "opened_at": timezone.now()}
    _move("fort", phase="done", closed_at=timezone.now() - timedelta(seconds=12), **ended)
    _move("geblieben", phase="back", error="Der Proxy will nicht", **ended)
    # It came back and left for another cell: the last move counts.
    for cell in ("west", "ost"):
        _move("weit", phase="done", cell=cell, **ended)
    browser = signed_in(None, Role.OPERATOR)
    page = browser.get(PAGE)
    text = words(page)
    assert "Das ist die Zelle „nord“; in ihr sind 2 Kommunen zu Hause." in text
    assert "Stadt Ahausen: unterbrochen" in text
    assert "Die Zelle sued: kein Platz mehr" in text
    assert "manage move_municipality ahausen --back" in text
    # It has left: there is no way back.
    assert "manage move_municipality bedorf sued" in text
    assert "move_municipality bedorf --back" not in text
    assert "neuhier: kommt an" in text
    assert "fort · Zelle sued" in text
    assert "weit · Zelle ost" in text
    assert "weit · Zelle west" not in text
    assert "geblieben sued" in text
    assert "Der Proxy will nicht" in text
    with one_municipality("ahausen", "move"):
        text = words(browser.get(PAGE))
    assert "Stadt Ahausen: zieht um" in text
    assert "ahausen --back" not in text
    # The list of municipalities says it too.
    assert "seit 20 Minuten nur lesbar" in words(browser.get("/betrieb/kommunen/"))
    assert PAGE in browser.get("/betrieb/kommunen/ahausen/").content.decode()
