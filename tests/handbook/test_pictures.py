"""The pictures of the handbook are what the pages show today; `make handbook` makes them anew.

Each test opens its page in a real browser. Made anew (HANDBOOK=write) it writes the picture and its hash; else it fails
when a numbered element is gone or the page says something else than when the picture was made.
"""

import json
import os
from datetime import timedelta

import pytest
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import User
from core.access import Role
from portal.handbook.models import TourSeen
from portal.handbook.rendering import KNOWN, PICTURES
from portal.offers import editing
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from portal.usage.models import DailyOfferAct, DailyOfferView
from tenants.running.context import inside
from tests.authoring.test_own_list import old, weekly
from tests.browsing import address, browser, chromium
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer
from tests.handbook.busy import a_busy_workshop
from tests.handbook.shots import EDITOR, PLANNER, SCALE, SHOTS, hash_of, structure, taken

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-handbook")]
WRITE = os.environ.get("HANDBOOK") == "write"
HEAVIEST = 90_000


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Where the files of what is filled lie; each test has a folder of its own otherwise."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def filed(files, filled, settings):
    settings.MEDIA_ROOT = files


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker, files):
    """A small club as it might be: something returned, something that ends soon, a draft, colleagues, visitors.

    Nothing is on today, so that the pictures show the same at any hour.
    """
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), inside(municipality("ahausen")):
        culture = Category.objects.create(name="Kultur und Begegnung")
        Category.objects.create(name="Sport und Bewegung")
        club = a_provider(name="Nachbarschaftstreff Malstatt e. V.", street="Breite Straße 12", postcode="66115",
                          city="Saarbrücken")  # fmt: skip
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga Brandt")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.ADMINISTRATOR)
        tarek = User.objects.create_user("tarek@verein.example", PASSWORD, name="Tarek Aziz")
        Membership.objects.create(provider=club, user=tarek, role=Membership.Role.MEMBER)
        User.objects.create_user(EDITOR, PASSWORD, name="Ines Kern", roles=[Role.EDITOR])
        User.objects.create_user(PLANNER, PASSWORD, name="Petra Plan", roles=[Role.PLANNER])
        since = timezone.now() - timedelta(days=200)
        cafe = weekly(an_offer(title="Nähcafé", provider=club, categories=[culture], published_at=since,
                               summary="Gemeinsam nähen, reparieren und Tee trinken."),
                      until=timezone.localtime() + timedelta(days=9), days=2)  # fmt: skip
        old(an_offer(title="Schachabend", provider=club, categories=[culture], published_at=since))
        an_offer(title="Sommerfest", provider=club, state="paused", published_at=since)
        others = [an_offer(title=f"Angebot {n}", categories=[culture], published_at=since) for n in range(6)]
        draft = editing.start(club, by=helga)
        TourSeen.objects.create(user=helga)
        _visited(cafe, others)
        busy = a_busy_workshop()
    return {"draft": draft.pk, "weekly": cafe.pk, "club": club.pk, **busy}


def _visited(own, others):
    today = timezone.localdate()
    for days in range(30):
        day = today - timedelta(days=days)
        DailyOfferView.objects.create(offer_id=own.pk, day=day, count=4 + (days * 7) % 9 + (20 if days == 6 else 0))
        for number, each in enumerate(others):
            DailyOfferView.objects.create(offer_id=each.pk, day=day, count=3 + (days * 5 + number) % 8)
    for act, count in (("phone", 6), ("form", 9), ("website", 4), ("bookmark", 11), ("calendar", 5)):
        DailyOfferAct.objects.create(offer_id=own.pk, day=today - timedelta(days=2), act=act, count=count)


@pytest.fixture
def shown(browser, address, filled):
    """`shown(shot)`: its page, signed in."""

    def at(shot):
        context = browser.new_context(viewport={"width": shot.width, "height": 900}, device_scale_factor=SCALE,
                                      locale="de-DE", reduced_motion="reduce")  # fmt: skip
        page = context.new_page()
        page.goto(f"{address}/konto/anmelden/")
        page.fill("[name=login]", shot.who)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/konto/**")
        page.goto(f"{address}{shot.path.format(**filled)}")
        page.wait_for_load_state("networkidle")
        return page

    return at


def _known() -> dict[str, dict[str, object]]:
    return json.loads(KNOWN.read_text()) if KNOWN.exists() else {}


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
def test_a_picture_shows_the_page_of_today(shown, shot):
    page = shown(shot)
    picture, size = taken(page, shot)
    now = hash_of(page, shot)
    if WRITE:
        (PICTURES / f"{shot.name}.webp").write_bytes(picture)
        known = _known() | {shot.name: {**size, "shows": now}}
        KNOWN.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n")
    assert (PICTURES / f"{shot.name}.webp").stat().st_size <= HEAVIEST
    assert _known()[shot.name]["shows"] == now, (
        f"The page of the picture “{shot.name}” says something else by now. Look at its text in the handbook, then run "
        f"`make handbook`. It shows:\n{structure(page, shot)}"
    )


def test_every_picture_is_made_by_a_shot():
    made = {path.stem for path in PICTURES.glob("*.webp")}
    assert made == {shot.name for shot in SHOTS} == set(_known())
