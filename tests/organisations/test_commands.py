"""`create_provider` and `import_offers --create-provider` from the outside."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import User
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.exchange.excel.conftest import provider  # noqa: F401
from tests.exchange.excel.workbooks import row, save
from tests.factories import a_provider

MANAGE = str(Path(sys.executable).with_name("manage"))
WITHOUT_DATABASE = {**os.environ, "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1/none"}


def run(*args):
    out = StringIO()
    with translation.override("de"):
        call_command(*(str(each) for each in args), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_public_provider_and_its_administrator(ahausen):
    said = run("create_provider", "ahausen", "  VHS Ahausen ", "--administrator", "Leitung@vhs.example")
    with inside(ahausen):
        made = Provider.objects.public().get()
        assert f"Der Anbieter „VHS Ahausen“ ({made.pk}) wurde angelegt und ist öffentlich." in said
        assert "leitung@vhs.example ist verantwortlich und bekommt eine E-Mail" in said
        membership = Membership.objects.get(provider=made)
        assert (membership.user.email, membership.role) == ("leitung@vhs.example", "administrator")
        assert OutboxMessage.objects.get().to == "leitung@vhs.example"
        assert Revision.objects.get(kind="provider", subject_id=made.pk).state == "applied"


def test_run_again_it_changes_nothing_and_says_so(ahausen):
    run("create_provider", "ahausen", "VHS Ahausen", "--administrator", "leitung@vhs.example")
    said = run("create_provider", "ahausen", "vhs ahausen", "--administrator", "leitung@vhs.example")
    assert "gibt es schon; er bleibt, wie er ist." in said
    assert "leitung@vhs.example ist schon verantwortlich." in said
    with inside(ahausen):
        assert (Provider.objects.count(), User.objects.count(), OutboxMessage.objects.count()) == (1, 1, 1)


def test_an_account_that_is_there_is_taken(ahausen, person):
    person(ahausen, email="eva@ahausen.example")
    said = run("create_provider", "ahausen", "VHS", "--administrator", "eva@ahausen.example")
    assert "hat schon ein Konto und ist ab jetzt verantwortlich" in said
    with inside(ahausen):
        assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nirgends", "VHS"], "keine Kommune"),
        (["ahausen", "  "], "in einer Zeile"),
        (["ahausen", "a\nb"], "in einer Zeile"),
        (["ahausen", "x" * 256], "länger als 255"),
        (["ahausen", "VHS", "--administrator", "keine-adresse"], "E-Mail"),
        (["ahausen", "Wartet"], "ist nicht öffentlich"),
        (["ahausen", "Doppelt"], "Mehrere Anbieter"),
    ],
)
def test_refused_in_one_line_and_nothing_made(ahausen, args, sentence):
    with inside(ahausen):
        a_provider(name="Wartet", state="submitted", published_at=None)
        a_provider(name="Doppelt")
        a_provider(name="doppelt")
    with pytest.raises(CommandError) as refused:
        run("create_provider", *args)
    assert refused.value.returncode == 1
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    with inside(ahausen):
        assert (Provider.objects.count(), User.objects.count()) == (3, 0)


def test_wrong_usage_is_exit_2():
    for args in (["create_provider", "ahausen"], ["create_provider", "ahausen", "VHS", "--admin"]):
        done = subprocess.run([MANAGE, *args], capture_output=True, text=True, check=False, env=WITHOUT_DATABASE)
        assert (done.returncode, "usage:" in done.stderr) == (2, True)


def test_an_import_makes_its_provider_on_the_way(provider, ahausen, tmp_path):  # noqa: F811
    path = save(tmp_path / "a.xlsx", row(), row(id=2))
    said = run("import_offers", "ahausen", path, "--provider", "TSV Neu", "--create-provider")
    assert "Der Anbieter „TSV Neu“ wurde angelegt und ist öffentlich." in said
    again = run("import_offers", "ahausen", path, "--provider", "TSV Neu", "--create-provider")
    assert "wurde angelegt" not in again
    with inside(ahausen):
        assert Provider.objects.get(name="TSV Neu").offers.count() == 2


def test_an_import_that_fails_or_tries_leaves_no_provider(provider, ahausen, tmp_path):  # noqa: F811
    bad = save(tmp_path / "b.xlsx", row(categories="Spport"))
    with pytest.raises(CommandError, match="wurde nichts importiert"):
        run("import_offers", "ahausen", bad, "--provider", "TSV Neu", "--create-provider")
    good = save(tmp_path / "a.xlsx", row())
    said = run("import_offers", "ahausen", good, "--provider", "TSV Neu", "--create-provider", "--dry-run")
    assert "wurde angelegt" not in said
    with pytest.raises(CommandError, match="nicht eine Nummer"):
        run("import_offers", "ahausen", good, "--provider", "17", "--create-provider")
    with inside(ahausen):
        assert list(Provider.objects.all()) == [provider]
        assert not Offer.objects.exists()
