"""The pages of the shared catalogue in a real browser: no barrier, no overflow, at both widths."""

import pytest

from accounts.models import User
from portal.taxonomy.adoption import linking, services
from portal.taxonomy.models import Category
from portal.vocabulary import changing
from portal.vocabulary.kinds import CATEGORIES
from tenants.running.context import inside
from tests.adoption.conftest import FIRST, changed, issue
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-adoption")]
HOME = "/redaktion/themen/katalog/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsbildung"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    """A part of the first release with a name of its own, a second release, an own topic that may be the same."""
    with django_db_blocker.unblock():
        issue(FIRST)
        with inside(municipality("ahausen")):
            User.objects.create_user("ina@stadt.example", PASSWORD, name="Ina Stadt", roles=["editor"])
            services.adopt(["K-001", "K-003", "Z-001", "W-001", "T-001"], by="test")
            mine = Category.objects.get(name="Turnen")
            mine.name = LONG
            changing.change(CATEGORIES, mine, by="test")
            own = changing.add(CATEGORIES, Category(name="Beratung"), by="test")
        issue(
            changed(
                FIRST,
                K_001={"name": "Sport", "translations": {"ar": {"name": "رياضة"}}},
                K_003={"name": "Turnen und Tanz"},
                K_005={"name": LONG, "parent": "K-001", "definition": "Was dazugehört."},
                Z_001={"removed": True},
            )
        )
        with inside(municipality("ahausen")):
            linking.propose()
            services.look_at_release()
        return own.pk


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(browser, address, filled, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = sign_in(context.new_page(), address, "ina@stadt.example")
    tails = [
        "",
        "uebernehmen/",
        "unterschiede/",
        "verknuepfungen/",
        f"verknuepfungen/category/{filled}/",
        "vorschlaege/",
    ]
    for path in [f"{HOME}{tail}" for tail in tails]:
        answer = page.goto(f"{address}{path}")
        assert answer.status == 200, path
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_all_of_it_without_a_script(browser, address, filled):
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context.new_page(), address, "ina@stadt.example")
    page.goto(f"{address}{HOME}unterschiede/")
    page.get_by_role("checkbox", name="Bewegung: Name", exact=True).check()
    page.get_by_role("button", name="Angehaktes übernehmen").click()
    page.goto(f"{address}{HOME}verknuepfungen/")
    assert page.get_by_role("link", name="Sport", exact=True).count() == 1
