"""The pages in a real Chromium: axe at both widths and no sideways scrolling, for applicants, operators and editors."""

import os
from pathlib import Path

import pytest

from accounts.models import User
from onboarding import looking, papers, services
from onboarding.models import Acceptance, Application
from tenants.lifecycle import domains
from tenants.models import ClaimState, DomainClaim
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, barriers_in_the_dark, browser, chromium  # noqa: F401
from tests.onboarding.conftest import GIVEN, applied, made
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-onboarding")]
PREVIEW = "merzig.vorschau.localhost"
# Whose page it is decides the host and the session.
PAGES = {
    "form": ("", "/mitmachen/"),
    "danke": ("", "/mitmachen/danke/"),
    "bestaetigen": ("", "/mitmachen/{token}/"),
    "vorschau": ("nobody", "/"),
    "antraege": ("operator", "/betrieb/antraege/"),
    "entscheiden": ("operator", "/betrieb/antraege/{losheim}/"),
    "aufbau": ("operator", "/betrieb/antraege/{merzig}/"),
    "kommune": ("operator", "/betrieb/kommunen/merzig/"),
    "hosts": ("operator", "/betrieb/kommunen/merzig/adressen/"),
    "schreibtisch": ("editor", "/redaktion/"),
    "weg": ("editor", "/redaktion/einrichtung/"),
    "vertrag": ("editor", "/redaktion/vertrag/"),
    "papier": ("editor", "/redaktion/vertrag/{paper}/"),
    "adressen": ("editor", "/redaktion/adressen/"),
}


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock():
        with inside_public():
            operator = session_of(an_account("betrieb@platform.example", "operator"))
            new = services.apply(Application(**{**GIVEN, "name": "Gemeinde Weiskirchen", "slug": "weiskirchen"}))
        losheim = applied(name="Gemeinde Losheim am See", slug="losheim")
        merzig = made()
        paper, tom = (
            papers.publish(kind, (papers.SHIPPED / f"{kind}.md").read_text(), by="o") for kind in ("avv", "tom")
        )
        accepted = papers.accept("merzig", tom.pk, person="Sabine Thul", office="Hauptamt", email=GIVEN["email"])
        domains.wish_for("merzig", "angebote-für-alle.merzig.example", by="x")
        wished = domains.wish_for("merzig", "portal.merzig.example", by="x")
        domains.vouch("merzig", "chancen.merzig.example", by="x")
        looking.note(merzig.municipality)
        with inside_public():
            Acceptance.objects.filter(pk=accepted.pk).update(pdf=b"%PDF-", sha256="x")
            DomainClaim.objects.filter(pk=wished.pk).update(
                state=ClaimState.ELSEWHERE, checked_at=domains.timezone.now(),
                found={"chain": ["alt-server.merzig.example"], "addresses": ["198.51.100.7"], "texts": ["v=spf1 -all"]},
            )  # fmt: skip
        with inside(merzig.municipality):
            editor = session_of(User.objects.get())
        places = {
            "token": services._key.sign(str(new.pk)),
            "losheim": losheim.pk,
            "merzig": merzig.pk,
            "paper": paper.pk,
        }
        yield {"operator": operator, "editor": editor}, places


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, filled, name):  # noqa: F811
    sessions, places = filled
    who, path = PAGES[name]
    port = address.rpartition(":")[2]
    host = PREVIEW if who in {"editor", "nobody"} else "localhost"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    if who in sessions:
        url = f"http://{host}:{port}"
        context.add_cookies([{"name": "sessionid", "value": sessions[who], "url": url}])
    page = context.new_page()
    assert page.goto(f"http://{host}:{port}{path.format(**places)}").status == (404 if who == "nobody" else 200)
    for width in (1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("ONBOARDING_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        if width != 1024:
            assert barriers(page) == [], width
        if width == 1280 and host == "localhost":
            assert barriers_in_the_dark(page) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, width
