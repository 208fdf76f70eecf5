"""Writing the demo into the database."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Role
from demo.seed import OPERATOR, PASSWORD, TAKEN_OVER, seed_demo
from portal.offers.models import Location, Occurrence, Offer, OfferImage, Schedule
from portal.offers.states import State
from portal.pages.models import Page
from portal.preferences.models import Preferences, SecondFactorRule
from portal.providers.models import Membership, Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tenants.running.storage import folder_of
from theming.models import PartnerLogo, Theme

SLUG = "pirmasens"


def quietly(stage: str) -> None:
    """Nobody watches."""


def the(slug: str) -> Municipality:
    with inside_public():
        return Municipality.objects.get(slug=slug)


def test_it_refuses_outside_the_demo_and_makes_nothing(db: None, settings: Any) -> None:
    settings.DEMO = False
    before = Municipality.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command("seed_demo")
    assert "DEMO=1" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert Municipality.objects.count() == before
    assert not User.objects.filter(email=OPERATOR).exists()


def test_a_municipality_is_filled_and_a_second_run_changes_nothing(db: None) -> None:
    (made,) = seed_demo(timezone.localdate(), progress=quietly, slugs=[SLUG])
    assert made.new
    assert (made.host, made.providers) == (f"{SLUG}.localhost", 40)
    with inside(the(SLUG)):
        assert Offer.objects.count() == made.offers >= 285
        assert Occurrence.objects.count() == made.occurrences > 3000
        assert Offer.objects.current().count() > 0.8 * made.offers
        assert Offer.objects.over().count() >= 1
        assert not Offer.objects.filter(document=None).exists()
        assert not Offer.objects.filter(categories=None).exists()
        assert not Offer.objects.filter(target_groups=None).exists()
        assert set(Offer.objects.values_list("state", flat=True)) == {
            State.PUBLISHED,
            State.DRAFT,
            State.SUBMITTED,
            State.PAUSED,
        }
        assert not Schedule.objects.filter(occurrences=None, rrule="").exists()
        assert Location.objects.exclude(district=None).exists()
        assert District.objects.count() == 13
        assert Category.objects.filter(parent__parent__parent=None, parent__parent__isnull=False).exists()
        assert Preferences.load().providers_name == "Einrichtungen"
        assert Theme.load().portal_name == "Wegweiser Pirmasens"
        assert PartnerLogo.objects.count() == 3
        assert not Page.objects.filter(body="").exists()
        state = [list(model.objects.order_by("pk").values()) for model in (Offer, Provider, Entry, Page, Theme, User)]
    (again,) = seed_demo(timezone.localdate(), progress=quietly, slugs=[SLUG])
    assert not again.new
    with inside(the(SLUG)):
        assert state == [
            list(model.objects.order_by("pk").values()) for model in (Offer, Provider, Entry, Page, Theme, User)
        ]


def test_what_is_written_passes_the_checks_of_the_forms(db: None) -> None:
    seed_demo(timezone.localdate(), progress=quietly, slugs=[SLUG])
    with inside(the(SLUG)):
        for offer in Offer.objects.all():
            offer.full_clean()
        for row in (*Schedule.objects.all(), *Provider.objects.all(), *Category.objects.all(), *Page.objects.all()):
            row.full_clean()
        assert {image.width for image in OfferImage.objects.all()} == {960}
        assert all(image.image.storage.exists(image.image.name) for image in OfferImage.objects.all()[:5])
        assert not OfferImage.objects.filter(alt_text="").exists()


def test_the_demo_accounts_can_sign_in_and_two_belong_to_one_provider(db: None) -> None:
    seed_demo(timezone.localdate(), progress=quietly, slugs=[SLUG])
    for name in ("admin", "redaktion", "planung", "anbieter", "mitglied"):
        browser = Client(HTTP_HOST=f"{SLUG}.localhost")
        answer = browser.post("/konto/anmelden/", {"login": f"{name}@{SLUG}.example", "password": PASSWORD})
        assert answer.status_code == 302, name
    # A demo of before there were second factors lets its accounts in again; one in which somebody set one up stays.
    editor = Client(HTTP_HOST=f"{SLUG}.localhost")
    editor.post("/konto/anmelden/", {"login": f"redaktion@{SLUG}.example", "password": PASSWORD})
    for set_up, status in ((False, 200), (True, 302)):
        with inside(the(SLUG)):
            Preferences.objects.update(second_factor=SecondFactorRule.EDITORS)
            if set_up:
                Authenticator.objects.create(user=User.objects.get(email=f"admin@{SLUG}.example"), type="totp", data={})
        seed_demo(timezone.localdate(), progress=quietly, slugs=[SLUG])
        assert editor.get("/redaktion/").status_code == status
    operator = Client(HTTP_HOST="localhost")
    assert operator.post("/konto/anmelden/", {"login": OPERATOR, "password": PASSWORD}).status_code == 302
    with inside_public():
        assert User.objects.get(email=OPERATOR).roles == [Role.OPERATOR]
    with inside(the(SLUG)):
        assert set(User.objects.values_list("email", "roles").order_by("email")[0][1]) == {Role.ADMIN}
        assert Membership.objects.values("provider").distinct().count() == 1
        assert set(Membership.objects.values_list("user__email", "role")) == {
            (f"anbieter@{SLUG}.example", Membership.Role.ADMINISTRATOR),
            (f"mitglied@{SLUG}.example", Membership.Role.MEMBER),
        }


def test_the_original_portal_finds_room_and_a_failure_leaves_nothing(db: None) -> None:
    found: list[int] = []

    def break_off(municipality: Municipality) -> None:
        found.append(Provider.objects.count())
        found.append(TargetGroup.objects.filter(name="14–18 Jahre").count())
        assert Path(folder_of(municipality.schema_name)).is_dir()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        seed_demo(timezone.localdate(), progress=quietly, take_over=break_off, slugs=[TAKEN_OVER])
    assert found == [27, 1]
    assert not Municipality.objects.filter(slug=TAKEN_OVER).exists()
    assert not Path(folder_of(TAKEN_OVER)).exists()
    (made,) = seed_demo(timezone.localdate(), progress=quietly, slugs=[TAKEN_OVER])
    assert made.providers == 40
