"""A new volunteer from the first page to a public offer and its change, on a phone, with and without scripts.

The editors' part is done by an editor in their pages. Mails are read where they wait to be sent.
"""

import subprocess
import sys
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from demo.seed import PASSWORD
from tests.browser.conftest import Demo
from tests.browsing import barriers
from tests.children import environment

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Here the editors look at every change.
TOWN = "pirmasens"
DAY = " am Dienstag"
OWN_PASSWORD = "kaffee-bruecke-montag-regen"
LAST_MAIL = """
import django; django.setup()
from mail.models import OutboxMessage
from tenants.running.context import inside
from tenants.models import Municipality
with inside(Municipality.objects.get(slug={town!r})):
    print(OutboxMessage.objects.filter(to={to!r}).latest("pk").body)
"""


def link_in_mail_to(address: str) -> str:
    """The path of the link in the newest mail to somebody. Asked in another process: Django refuses the database to
    this thread while Playwright's loop runs in it."""
    code = LAST_MAIL.format(to=address, town=TOWN)
    said = subprocess.run([sys.executable, "-c", code], env=environment(), check=True, capture_output=True, text=True)
    links = [word for word in said.stdout.split() if word.startswith("http")]
    return urlsplit(links[0]).path


def photo() -> bytes:
    file = BytesIO()
    Image.effect_noise((900, 600), 60).save(file, "JPEG")
    return file.getvalue()


def sign_in(page: Page, demo: Demo, email: str, password: str) -> None:
    page.goto(demo.address(TOWN, "/konto/anmelden/"))
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/konto/")


def clean(page: Page) -> None:
    """Only where scripts run: axe is one."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def approve(editor: Page, demo: Demo, title: str) -> None:
    editor.goto(demo.address(TOWN, "/redaktion/pruefen/"))
    editor.get_by_role("link", name=title).first.click()
    editor.get_by_role("button", name="Freigeben").click()
    expect(editor.get_by_text(f"„{title}“").first).to_be_visible()


def found_in_search(page: Page, demo: Demo, title: str) -> bool:
    page.goto(demo.address(TOWN, f"/angebote/?q={title}"))
    return page.locator("main h3 a, main h2 a").filter(has_text=title).count() > 0


def onwards(page: Page, to: str) -> None:
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url(f"**/{to}/*")


def register(page: Page, demo: Demo, organisation: str, email: str) -> None:
    page.goto(demo.address(TOWN, "/konto/registrieren/"))
    page.get_by_label("Wie heißt sie?").fill(organisation)
    page.get_by_label("Ihr Name").fill("Helga Brandt")
    page.get_by_label("Ihre E-Mail-Adresse").fill(email)
    page.get_by_label("Ein Passwort").fill(OWN_PASSWORD)
    page.get_by_label("Ich habe die Nutzungsbedingungen gelesen").check()
    # Faster than any person: the form takes whoever needs less than three seconds for a machine.
    page.wait_for_timeout(3_100)
    page.get_by_role("button", name="Konto anlegen").last.click()
    expect(page.get_by_role("heading", name="Bitte sehen Sie in Ihr E-Mail-Postfach")).to_be_visible()
    page.goto(demo.address(TOWN, link_in_mail_to(email)))
    page.get_by_role("button", name="Ja, Adresse bestätigen").click()
    sign_in(page, demo, email, OWN_PASSWORD)
    expect(page.get_by_role("heading", name="Wir prüfen Ihre Anmeldung")).to_be_visible()


def write_profile(page: Page) -> None:
    page.get_by_role("link", name="Profil", exact=True).first.click()
    page.get_by_role("link", name="Ändern").first.click()
    page.get_by_label("Was machen Sie, in ein oder zwei Sätzen?").fill("Wir nähen und reden miteinander.")
    onwards(page, "kontakt")
    page.get_by_label("Straße und Hausnummer").fill("Bahnhofstraße 45")
    page.get_by_label("Postleitzahl").fill("66953")
    page.get_by_label("Telefon", exact=False).first.fill("06331 12345")
    onwards(page, "zeiten")
    onwards(page, "bilder")
    onwards(page, "pruefen")
    page.get_by_role("button", name="An die Redaktion schicken").click()
    expect(page.get_by_text("In Prüfung").first).to_be_visible()


def write_offer(page: Page, demo: Demo, title: str, *, script: bool) -> str:
    page.goto(demo.address(TOWN, "/konto/angebote/neu/"))
    page.get_by_role("button", name="Anfangen").click()
    page.wait_for_url("**/was/")
    way = page.url.removesuffix("was/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(
        f"Zur {title.removesuffix(' am Dienstag')} bringen Sie mit, was genäht werden soll."
    )
    page.locator("[name=topic]").first.check()
    page.locator("[name=target_groups]").first.check()
    onwards(page, "wann")
    page.get_by_label("Jede Woche").check()
    page.locator("#id_weekday_1").check()
    page.locator("#id_w_1_0_from").fill("18:00")
    onwards(page, "wo")
    page.get_by_label("Nichts, es ist kostenlos").check()
    onwards(page, "bild")
    page.locator("input[type=file]").set_input_files({"name": "handy.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    if page.get_by_role("button", name="Bild hochladen").is_visible():
        page.get_by_role("button", name="Bild hochladen").click()
    page.get_by_label("Was ist auf dem Bild zu sehen?").fill("Eine Nähmaschine")
    page.get_by_label("Wer hat das Bild gemacht?").fill("Helga Brandt")
    page.locator("[name=permission]").check()
    onwards(page, "pruefen")
    if script:
        clean(page)
    page.locator("button[name=abschicken]").click()
    page.wait_for_url(f"{way}aenderung/")
    return way


def change_offer(page: Page, way: str, summary: str) -> None:
    page.goto(f"{way}was/")
    page.locator("#id_summary").fill(summary)
    onwards(page, "wann")
    page.goto(f"{way}pruefen/")
    page.locator("button[name=abschicken]").click()
    page.wait_for_url(f"{way}aenderung/")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_from_registering_to_a_changed_offer(demo: Demo, chromium: Browser, script: bool) -> None:
    name = "Flickwerkstatt" if script else "Knopflochrunde"
    title, email = f"{name}{DAY}", f"{name[0].lower()}@verein.example"
    phone = {"viewport": {"width": 390, "height": 844}, "locale": "de-DE", "java_script_enabled": script}
    page = chromium.new_context(**phone).new_page()
    resident, editor = chromium.new_context(**phone).new_page(), chromium.new_context(locale="de-DE").new_page()
    sign_in(editor, demo, f"redaktion@{TOWN}.example", PASSWORD)

    register(page, demo, f"{name} Husterhöhe", email)
    approve(editor, demo, f"{name} Husterhöhe")
    page.goto(demo.address(TOWN, "/konto/"))
    write_profile(page)
    way = write_offer(page, demo, title, script=script)
    assert not found_in_search(resident, demo, title)
    approve(editor, demo, title)
    assert found_in_search(resident, demo, title)
    resident.locator("main h3 a, main h2 a").filter(has_text=title).first.click()
    public = resident.url
    expect(resident.get_by_text(f"Zur {name} bringen Sie mit, was genäht werden soll.").first).to_be_visible()
    expect(resident.get_by_role("img", name="Eine Nähmaschine").first).to_be_visible()
    expect(resident.get_by_text("Jeden Dienstag").first).to_be_visible()

    # Of this offer alone: what is like it stands below with its own words.
    new = f"Zur {name} sind alle willkommen, auch ohne Maschine."
    change_offer(page, way, new)
    resident.goto(public)
    assert resident.get_by_text(new).count() == 0
    approve(editor, demo, title)
    resident.goto(public)
    expect(resident.get_by_text(new).first).to_be_visible()
    assert resident.get_by_text(f"Zur {name} bringen Sie mit").count() == 0
