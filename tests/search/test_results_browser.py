"""The parts of the results that tell how a question was understood, in a real browser: no barrier, nothing too wide."""

import pytest
from playwright.sync_api import Browser

from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from tests.conftest import municipality
from tests.factories import an_offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-search-results")]

# A question, and what its page must show.
PAGES = {
    # Chips, marks, and what stands apart behind a link.
    "Kochen kostenlos für Seniorinnen am Wochenende": (".understood .chip", 3),
    "Gitarre": ('.understood a[href*="erwaehnt=1"]', 1),
    "Gitarre&erwaehnt=1": (".card mark", 1),
    # Taken for something else; most of it; only mentioned; a part of it.
    "Gitare": (".understood--meant", 1),
    "Gitarre Quantenmechanik": (".understood--close", 1),
    "Akkordeon": (".empty .empty__near .card", 1),
    "Rückengitarrenfestival": (".empty", 1),
}


@pytest.fixture(scope="module")
def filled(module_database: None) -> None:
    """Offers of which some are about a word and others only touch on it."""
    with inside(municipality("ahausen")):
        TargetGroup.objects.all().delete()
        group = TargetGroup.objects.create(name="Seniorinnen und Senioren")
        broad = Category.objects.create(name="Gitarre, Zither und Donaudampfschifffahrtsgesellschaftskapitänspatent")
        an_offer(title="Kochen für Seniorinnen", summary="Kochen und essen").target_groups.set([group])
        an_offer(title="Gitarre am Lagerfeuer", summary="Eine Gitarre genügt")
        an_offer(title="Liederabend").categories.set([broad])
        an_offer(title="Tanztee", description="<p>Ein Akkordeon spielt auf.</p>")


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_part_of_the_results_has_a_barrier_or_is_too_wide(
    address: str,  # noqa: F811
    browser: Browser,  # noqa: F811
    width: int,
    language: str,
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for question, (shown, least) in PAGES.items():
        page.goto(f"{address}/angebote/?sprache={language}&q={question}")
        assert page.locator(f"#ergebnis {shown}").count() >= least, question
        assert barriers(page) == [], question
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, question
