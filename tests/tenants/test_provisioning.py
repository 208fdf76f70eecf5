"""New municipalities: complete, alike, all or nothing."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from mail.models import OutboxMessage
from portal.pages.models import Page
from portal.taxonomy.models import Category, TargetGroup
from tenants.lifecycle.making import create_municipality
from tenants.models import Domain, Municipality
from tenants.refused import RefusedError
from tenants.registry import schema_exists
from tenants.rollout.fingerprint import fingerprint
from tenants.rollout.release import load_script, migrate_schema, replay
from tenants.running.context import inside, inside_public
from tenants.running.folders import MARK
from tenants.running.storage import folder_of
from tenants.signals import provisioned
from tenants.transfer.leftovers import sweep
from tests.children import wait_for_the_dead


def test_the_script_makes_the_same_schema_as_all_migrations(own_database):
    with transaction.atomic():
        replay("by-script")
    migrate_schema("by-migrations")
    with transaction.atomic():
        script, migrations = fingerprint("by-script"), fingerprint("by-migrations")
    assert len(script) > 500
    assert script == migrations


def test_a_new_municipality_has_pages_and_target_groups(db):
    created = create_municipality("cedorf", name="Cedorf", host="Cedorf.localhost")
    with inside(created):
        assert set(Page.objects.values_list("slug", flat=True)) >= {
            "impressum",
            "datenschutz",
            "barrierefreiheit",
        }
        assert TargetGroup.objects.count() > 5
    with inside_public():
        assert Domain.objects.get(tenant=created).domain == "cedorf.localhost"


def test_a_template_gives_its_categories_and_the_next_insert_works(ahausen):
    with inside(ahausen):
        root = Category.objects.create(name="Bildung", color="#00519e", icon="book")
        Category.objects.create(name="Sprachen", parent=root)
        Page.objects.filter(slug="kontakt").update(body="<p>Rathaus</p>")
    created = create_municipality("cedorf", name="Cedorf", host="cedorf.localhost", template="ahausen")
    with inside(created):
        assert list(Category.objects.order_by("id").values_list("name", "parent__name")) == [
            ("Bildung", None),
            ("Sprachen", "Bildung"),
        ]
        assert Page.objects.get(slug="kontakt").body == "<p>Rathaus</p>"
        assert Category.objects.create(name="Neu").pk > root.pk


def test_the_first_editor_gets_a_link_that_sets_a_password(db, visitor):
    created = create_municipality("cedorf", name="Cedorf", host="cedorf.localhost", editor="Eva@Cedorf.example")
    with inside(created):
        message = OutboxMessage.objects.get()
        assert User.objects.get().email == message.to == "eva@cedorf.example"
    link = next(line for line in message.body.splitlines() if "/konto/passwort/" in line)
    assert link.startswith("http://cedorf.localhost:8000/")
    path = link.removeprefix("http://cedorf.localhost:8000")
    form = visitor("cedorf").get(path, follow=True)
    assert form.status_code == 200
    assert "password1" in form.content.decode()


def test_a_bad_address_of_the_editor_is_refused_and_leaves_nothing(own_database):
    with pytest.raises(RefusedError):
        create_municipality("cedorf", name="Cedorf", host="cedorf.localhost", editor="keine-adresse")
    with inside_public():
        assert not Municipality.objects.filter(slug="cedorf").exists()


@pytest.mark.parametrize(
    ("slug", "host", "words"),
    [
        ("ahausen", "neu.localhost", "already|schon"),
        ("neu", "ahausen.localhost", "Stadt Ahausen"),
        ("neu", "AHAUSEN.localhost", "Stadt Ahausen"),
        ("public", "neu.localhost", "reserv"),
        ("www", "neu.localhost", "reserv"),
        ("betrieb", "neu.localhost", "reserv"),
        ("pg-x", "neu.localhost", "reserv"),
        ("a" * 64, "neu.localhost", "63"),
        ("Neu", "neu.localhost", "Neu"),
        ("neu_", "neu.localhost", "neu_"),
        ("1neu", "neu.localhost", "1neu"),
        ("ne--u", "neu.localhost", "ne--u"),
        ("neu'; DROP SCHEMA public", "neu.localhost", "DROP"),
        ("neu", "https://neu.localhost/", "https://"),
        ("neu", "neu localhost", "neu localhost"),
        ("neu", "-neu.localhost", "-neu"),
        ("neu", "", "“”|„“"),
        ("neu", "localhost", "localhost"),
        ("neu", "x" * 64 + ".localhost", "x" * 64),
    ],
)
def test_impossible_names_are_refused_before_anything_is_made(db, slug, host, words):
    with inside_public():
        before = set(Municipality.objects.values_list("slug", flat=True))
    with pytest.raises(RefusedError) as refusal:
        create_municipality(slug, name="Neu", host=host)
    # English where no catalogue is compiled, German otherwise.
    assert any(word in str(refusal.value).lower() for word in words.lower().split("|"))
    assert "\n" not in str(refusal.value)
    with inside_public():
        assert set(Municipality.objects.values_list("slug", flat=True)) == before


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "Neu\nstadt", "Neu\0stadt"])
def test_impossible_titles_are_refused(db, name):
    with pytest.raises(RefusedError):
        create_municipality("neu", name=name, host="neu.localhost")
    with inside_public():
        assert not Municipality.objects.filter(slug="neu").exists()


def test_a_failure_at_the_end_leaves_no_schema_row_or_file(own_database):
    def fail(**kwargs):
        (folder_of("cedorf") / "logo.svg").write_text("x")
        raise ZeroDivisionError

    provisioned.connect(fail, weak=False)
    try:
        with pytest.raises(ZeroDivisionError):
            create_municipality("cedorf", name="Cedorf", host="cedorf.localhost")
    finally:
        provisioned.disconnect(fail)
    with inside_public():
        assert not Municipality.objects.filter(slug="cedorf").exists()
        assert not Domain.objects.filter(domain="cedorf.localhost").exists()
    assert not schema_exists("cedorf")
    assert not folder_of("cedorf").exists()


def test_two_at_once_make_one(own_database):
    def make(number):
        try:
            return create_municipality("cedorf", name=f"Cedorf {number}", host="cedorf.localhost").name
        except RefusedError as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(make, range(4)))
    with inside_public():
        assert Municipality.objects.filter(slug="cedorf").count() == 1
    assert sum(answer.startswith("Cedorf") for answer in answers) == 1


def test_a_killed_creation_leaves_nothing_after_the_next_start(own_database, tmp_path):
    code = (
        "import django, os, signal; django.setup()\n"
        "from tenants.signals import provisioned\n"
        "from tenants.running.storage import folder_of\n"
        "def die(**kwargs):\n"
        "    (folder_of('cedorf') / 'logo.svg').write_text('x')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "provisioned.connect(die, weak=False)\n"
        "from tenants.lifecycle.making import create_municipality\n"
        "create_municipality('cedorf', name='Cedorf', host='cedorf.localhost')\n"
    )
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    wait_for_the_dead()
    assert (folder_of("cedorf") / "logo.svg").exists()
    with inside_public():
        assert not Municipality.objects.filter(slug="cedorf").exists()
    call_command("prepare", verbosity=0)
    assert not folder_of("cedorf").exists()
    assert not schema_exists("cedorf")


def test_sweeping_touches_nothing_of_a_municipality_that_exists(own_database):
    created = create_municipality("cedorf", name="Cedorf", host="cedorf.localhost")
    with inside(created):
        default_storage.save("notiz.txt", ContentFile(b"x"))
    (folder_of("cedorf") / MARK).touch()
    folder_of("fremd").mkdir(parents=True)
    assert sweep() == []
    assert (folder_of("cedorf") / "notiz.txt").exists()
    assert folder_of("fremd").exists()
    assert not (folder_of("cedorf") / MARK).exists()


def test_the_committed_script_belongs_to_the_migrations():
    assert 'CREATE TABLE "offers_offer"' in load_script()
