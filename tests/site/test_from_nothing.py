"""From `create_municipality` to a branded, filled, legally complete portal by an editor alone, in a real browser: by
the link in the first mail, then always where the go-live check leads, until nothing is left."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.db import connection
from PIL import Image
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from mail.models import OutboxMessage
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.accounts.factors import code_of
from tests.browsing import address, browser, chromium
from tests.conftest import PASSWORD
from tests.factories import a_provider, an_offer
from tests.site.test_legal import ALL

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-site")]
CHECK = "/redaktion/start-check/"
COLOUR = "#0a5f38"
# By hand: what a new portal lacks, in the order in which one thing builds on another.
NECESSARY = ["kontakt", "aussehen", "impressum", "datenschutz", "nutzungsbedingungen", "barrierefreiheit", "texte",
             "themen", "anbieter", "angebot"]  # fmt: skip
RECOMMENDED = ["ortsteile", "angebote", "vertretung"]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    """Nothing but the command; its mail has the editor's link."""
    with django_db_blocker.unblock():
        return create_municipality(
            "neustadt", name="Neustadt", host="neustadt.localhost", editor="eva@neustadt.example"
        )


@pytest.fixture
def aside(filled, django_db_blocker) -> Callable[[Callable[[], object]], object]:
    """Something done in the database by others; in a thread of its own: Playwright's event loop runs in this one."""

    def done(deed: Callable[[], object]) -> object:
        def inside_town() -> object:
            with inside(filled):
                found = deed()
            connection.close()
            return found

        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as pool:
            return pool.submit(inside_town).result(60)

    return done


def link_to(receiver: str) -> str:
    """The path of the link in the last mail to somebody."""
    body = OutboxMessage.objects.filter(to=receiver).latest("pk").body
    return urlsplit(re.search(r"^http\S+/konto/\S+", body, re.MULTILINE)[0]).path


def nineteen_more() -> None:
    """What providers of the town entered in the meantime."""
    club = a_provider(name="Turnverein")
    for number in range(19):
        an_offer(title=f"Kurs {number}", provider=club)


@pytest.fixture
def town(address) -> str:
    return address.replace("ahausen", "neustadt")


def logo() -> dict[str, object]:
    content = BytesIO()
    Image.new("RGB", (256, 256), COLOUR).save(content, "PNG")
    return {"name": "wappen.png", "mimeType": "image/png", "buffer": content.getvalue()}


def enter(page: BrowserPage, town: str, link: str) -> None:
    """A password by the link of the mail; the second factor that every new town asks of its editors."""
    page.goto(town + link)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.goto(f"{town}/konto/anmelden/")
    if page.locator("[name=login]").count():
        page.fill("[name=login]", "eva@neustadt.example")
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
    page.goto(f"{town}/konto/sicherheit/zweiter-faktor/app/")
    if page.locator("main [name=password]").count():
        page.fill("main [name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(f"{town}/konto/sicherheit/zweiter-faktor/app/")
    page.fill("[name=code]", code_of(re.sub(r"\s", "", page.locator(".secret").text_content())))
    page.locator("main form button[type=submit]").first.click()


def contact(page: BrowserPage) -> None:
    for name, value in {"portal_name": "Unser Ort", "organisation": "Stadt Neustadt", "street": "Markt 1",
                        "postcode": "66111", "city": "Neustadt", "phone": "0681 123456",
                        "email": "stadt@neustadt.example"}.items():  # fmt: skip
        page.fill(f"#look [name={name}]", value)
    page.get_by_role("button", name="Veröffentlichen").first.click()


def look(page: BrowserPage) -> None:
    page.fill("[name=brand_color]", COLOUR)
    page.locator("[name=logo]").set_input_files(logo())
    page.fill("[name=logo_alt]", "Wappen der Stadt Neustadt")
    page.get_by_role("button", name="Veröffentlichen").first.click()


def legal(slug: str) -> Callable[[BrowserPage], None]:
    def fill(page: BrowserPage) -> None:
        for name, value in ALL[slug].items():
            field = page.locator(f"main [name={name}]")
            if name == "land":
                field.select_option(value)
            else:
                field.fill(value)
        page.get_by_role("button", name="Speichern und Text ansehen").click()
        expect(page.get_by_text("Von Ihren eigenen Juristen zu prüfen")).to_be_visible()
        page.get_by_role("button", name="Diesen Text veröffentlichen").click()

    return fill


def statement(page: BrowserPage) -> None:
    page.locator("[name=status]").select_option("full")
    for name in ("made_on", "reviewed_on"):
        page.fill(f"[name={name}]", date.today().isoformat())
    page.locator("summary", has_text="Stelle, die hilft").click()
    page.locator("[name=land]").select_option("SL")
    page.get_by_role("button", name="Speichern").click()


def write(page: BrowserPage) -> None:
    page.locator("[name=oeffnen]").first.click()
    page.get_by_role("textbox", name="Text").first.fill("Wir sind für alle da, die hier wohnen.")
    page.get_by_role("button", name="Speichern und schließen").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text(re.compile("“ ist online"))).to_be_visible()


def entry(name: str) -> Callable[[BrowserPage], None]:
    def add(page: BrowserPage) -> None:
        page.locator(".pagehead a.kern-btn").first.click()
        page.fill("main [name=name]", name)
        page.locator("main .form__actions button").click()
        expect(page.locator(".tree").get_by_role("link", name=name, exact=True)).to_be_visible()

    return add


def provider(page: BrowserPage) -> None:
    page.fill("[name=name]", "Amt für Jugend")
    page.get_by_role("button", name="Weiter: das Profil").click()
    page.wait_for_url("**/profil/wer/")
    page.fill("[name=summary]", "Wir sind das Jugendamt.")
    for step in ("kontakt", "zeiten", "bilder", "pruefen"):
        page.locator("button[name=weiter]").last.click()
        page.wait_for_url(f"**/{step}/")
        if step == "kontakt":
            page.fill("[name=email]", "jugend@neustadt.example")
    page.locator("button[name=abschicken]").click()
    page.wait_for_url(lambda url: "/pruefen/" not in url)


def offer(page: BrowserPage) -> None:
    page.fill("[name=wer]", "Jugend")
    page.locator("main").get_by_role("button", name="Suchen").click()
    page.get_by_role("button", name="Anfangen").click()
    page.wait_for_url("**/was/")
    page.fill("#id_title", "Ton und Farbe")
    page.fill("#id_summary", "Aus Ton wird etwas Schönes.")
    page.get_by_label("Ferien").check()
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/wann/*")
    page.get_by_label("Jede Woche").check()
    page.locator("#id_weekday_1").check()
    page.fill("#id_w_1_0_from", "10:00")
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/wo/")
    page.get_by_label("Nichts, es ist kostenlos").check()
    for step in ("bild", "pruefen"):
        page.locator("button[name=weiter]").last.click()
        page.wait_for_url(f"**/{step}/")
    page.locator("button[name=abschicken]").click()
    page.wait_for_url(lambda url: "/pruefen/" not in url)


STEPS = {
    "kontakt": contact,
    "aussehen": look,
    **{slug: legal(slug) for slug in ALL},
    "barrierefreiheit": statement,
    "texte": write,
    "themen": entry("Ferien"),
    "anbieter": provider,
    "angebot": offer,
}


def next_step(page: BrowserPage) -> str:
    """What the check names as next; its button at the top and its step below lead to the same place."""
    step = page.locator(".golive__step", has=page.locator(".badge--warning")).first
    button = page.locator(".golive__now a.kern-btn").get_attribute("href")
    assert step.locator("a.kern-btn").get_attribute("href") == button
    return step.get_attribute("id").removeprefix("schritt-")


def invite(page: BrowserPage) -> None:
    page.locator("main").get_by_role("link", name="Einladen", exact=True).click()
    page.fill("[name=emails]", "tarek@neustadt.example")
    page.locator("main [name=role][value=editor]").check()
    page.get_by_role("button", name="Einladung schicken").click()
    expect(page.locator(".peoplelist strong")).to_have_text("tarek@neustadt.example")


def test_an_editor_alone_gets_from_nothing_to_a_portal_that_is_ready(browser: Browser, town, aside):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    enter(page, town, aside(lambda: link_to("eva@neustadt.example")))
    visitor = browser.new_context().new_page()
    visitor.goto(town)
    expect(visitor.locator("footer address")).to_have_count(0)

    page.goto(town + CHECK)
    seen = []
    while page.locator(".golive__step .badge--warning").count():
        key = next_step(page)
        seen.append(key)
        assert seen.count(key) <= 2, f"{key} is not settled where its link leads"
        page.locator(f"#schritt-{key} a.kern-btn").click()
        STEPS[key](page)
        page.goto(town + CHECK)
        if key != "texte":
            expect(page.locator(f"#schritt-{key}").get_by_text("erledigt")).to_be_visible()
    # Two pages begin without a text; the check leads to each of them.
    assert list(dict.fromkeys(seen)) == NECESSARY
    expect(page.get_by_role("heading", name="Ihr Portal ist bereit")).to_be_visible()

    visitor.goto(town)
    expect(visitor.locator(".brand__name")).to_have_text("Unser Ort")
    expect(visitor.get_by_alt_text("Wappen der Stadt Neustadt")).to_be_visible()
    expect(visitor.locator("footer address")).to_contain_text("Markt 1")
    expect(visitor.get_by_role("link", name="Ton und Farbe").first).to_be_visible()
    for slug, words in {"impressum": "Vertreten durch", "datenschutz": "Artikel 77 DSGVO",
                        "nutzungsbedingungen": "Werbung für Parteien", "barrierefreiheit": "Erstellt am",
                        "ueber-uns": "für alle da", "kontakt": "für alle da"}.items():  # fmt: skip
        assert visitor.locator(f"header a[href='/{slug}/'], footer a[href='/{slug}/']").count()
        visitor.goto(f"{town}/{slug}/")
        expect(visitor.locator("main")).to_contain_text(words)

    assert open_points(page) == RECOMMENDED
    page.locator("#schritt-ortsteile a.kern-btn").click()
    entry("Altstadt")(page)
    page.goto(town + CHECK)
    page.locator("#schritt-vertretung a.kern-btn").click()
    invite(page)
    colleague = browser.new_context().new_page()
    colleague.goto(town + aside(lambda: link_to("tarek@neustadt.example")))
    colleague.fill("[name=person]", "Tarek Öz")
    colleague.fill("[name=password1]", PASSWORD)
    colleague.get_by_role("button", name="Konto anlegen").click()
    colleague.wait_for_url(lambda url: "/einladung/" not in url)
    aside(nineteen_more)
    page.goto(town + CHECK)
    assert open_points(page) == []
    expect(page.get_by_text("Nichts ist mehr zu tun")).to_be_visible()


def open_points(page: BrowserPage) -> list[str]:
    steps = page.locator(".golive__step:not(.golive__step--done)").all()
    return [(step.get_attribute("id") or "").removeprefix("schritt-") for step in steps]
