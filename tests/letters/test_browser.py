"""The pages of mails in a real Chromium, and the mails themselves: axe on all of them, narrow, dark, right to left."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mail.kinds import kind_of
from mail.models import OutboxMessage, Unreachable
from mail.services import post_kind
from mail.wording import worded
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider
from tests.people.cast import an_account
from theming.mailing import dress, with_pictures_inside
from theming.models import Theme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-letters")]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
COLOURS = ("#1d5a8f", "#ffe600", "#ffffff", "#000000")
TEXT = "/redaktion/mails/texte/email_confirmation_signup/"


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        miriam = an_account("miriam@amt.example", "editor")
        a_provider(name=LONG, email="weg@verein.example")
        now = timezone.now()
        for fields in (
            {"state": "failed", "failed_at": now, "last_error": f"550 {LONG}"},
            {"state": "sent", "sent_at": now, "bounced_at": now, "bounce": "550 5.1.1 unknown"},
            {"attempts": 3, "last_error": "450 later", "next_try_at": now},
        ):
            message = post_kind("people_signed_out", to="weg@verein.example", values={"link": "https://x.example/"})
            OutboxMessage.objects.filter(pk=message.pk).update(**fields)
        Unreachable.objects.create(address="weg@verein.example", said="550 5.1.1 unknown", held_back=2)
        mails = []
        for language, colour in zip(("de", "ar", "en", "de"), COLOURS, strict=True):
            Theme.objects.update(brand_color=colour)
            kind = kind_of("email_confirmation_signup")
            letter = worded(kind.key, {**kind.examples(), "portal": f"<script> {LONG}"}, language=language)
            mails.append(with_pictures_inside(dress(letter.subject, letter.html, language)))
        Theme.objects.update(brand_color=COLOURS[0])
        yield {"miriam": session_of(miriam), "mails": mails}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    """`open_page("/redaktion/mails/")` at 320 px, where everything is narrowest."""

    def opened(path, width=320, **options):
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="de-DE", **options)
        context.add_cookies([{"name": "sessionid", "value": filled["miriam"], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def clean(page, *, width: int = 320) -> None:
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "path",
    ["/redaktion/mails/", TEXT, "/redaktion/mails/versand/", "/redaktion/mails/adressen/", "/redaktion/mails/?q=xyz"],
)
def test_the_pages_are_clean_where_they_are_narrowest(open_page, path):
    clean(open_page(path))


def test_a_text_is_written_previewed_refused_and_kept_without_a_script(open_page):
    page = open_page(TEXT, width=1280, java_script_enabled=False)
    frame = page.frame_locator("iframe[name=vorschau]")
    expect(frame.get_by_role("link", name="Adresse bestätigen")).to_be_visible()
    page.get_by_label("Betreff").fill("Willkommen bei {{ portal }}")
    page.get_by_label("Text", exact=True).fill("Liebe Leute,\n\n{{ activate_ur }}")
    page.get_by_role("button", name="In der Vorschau zeigen").click()
    expect(frame.get_by_text("Liebe Leute,")).to_be_visible()
    page.get_by_role("button", name="Speichern").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Meinten Sie {{ activate_url }}")
    expect(page.get_by_label("Betreff")).to_have_value("Willkommen bei {{ portal }}")
    page.get_by_label("Text", exact=True).fill("Liebe Leute,\n\n{{ activate_url }}")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Der Text ist gespeichert.")).to_be_visible()
    page.get_by_role("button", name="Diesen Text wieder verwenden").click()
    expect(page.get_by_text("wieder mit der Vorgabe des Portals")).to_be_visible()


def test_what_is_wrong_is_clean_too(open_page):
    page = open_page(TEXT)
    page.get_by_label("Text", exact=True).fill("{{ nichts }}")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_be_focused()
    clean(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mails_are_readable_in_every_colour_and_language(filled, browser, scheme):  # noqa: F811
    context = browser.new_context(viewport={"width": 320, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    for mail in filled["mails"]:
        page.set_content(mail)
        clean(page)
        assert page.locator("script").count() == 0
        assert "http" not in "".join(page.evaluate("[...document.querySelectorAll('[src]')].map(e => e.src)"))
