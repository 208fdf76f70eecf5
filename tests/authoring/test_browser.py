"""The pages of the offer form in a real Chromium at 390 px: axe, width, and the errors."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from portal.offers import editing
from portal.preferences.models import Preferences
from portal.providers.models import Membership
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-authoring")]


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        club = a_provider(name="Nachbarschaftstreff", street="Breite Straße 63", postcode="66115", city="Saarbrücken")
        user = User.objects.create_user("helga@verein.example")
        Membership.objects.create(provider=club, user=user, role=Membership.Role.ADMINISTRATOR)
        square = [[6.9, 49.2], [7.1, 49.2], [7.1, 49.3], [6.9, 49.3], [6.9, 49.2]]
        District.objects.create(name="Malstatt", outline={"type": "Polygon", "coordinates": [square]})
        topic = Category.objects.create(name="Bildung")
        Category.objects.create(name="Digitales", parent=topic)
        TargetGroup.objects.create(name="Ältere")
        offer = editing.start(club, by=user)
        public = an_offer(provider=club, title="Kochen", summary="Zusammen.", categories=[topic])
        base = editing.begin(public, by=user).base
        editing.autosave(public, {"title": "Gemeinsam kochen"}, by=user, base=base)
        editing.submit(public, by=user)
        long = an_offer(provider=club, title="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenausstellung")
        yield offer.pk, public.pk, session_of(user), long.pk


@pytest.fixture
def page(filled, address, browser):  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    context.add_cookies([{"name": "sessionid", "value": filled[2], "url": address}])
    return context.new_page()


def clean(page) -> None:
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("step", ["was", "wann", "wo", "bild", "pruefen", "vorschau"])
def test_every_page_is_accessible_on_a_phone(page, filled, address, step):  # noqa: F811
    assert page.goto(f"{address}/konto/angebote/{filled[0]}/{step}/").status == 200
    clean(page)


def test_the_waiting_change_and_the_beginning_too(page, filled, address):  # noqa: F811
    for path in (f"/konto/angebote/{filled[1]}/aenderung/", "/konto/angebote/neu/"):
        assert page.goto(address + path).status == 200
        clean(page)


def test_errors_are_told_on_top_and_beside_the_field(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled[0]}/wo/")
    page.get_by_label("An einem anderen Ort").check()
    page.get_by_label("Postleitzahl").fill("6611")
    page.get_by_role("button", name="Weiter: Bild und Text").last.click()
    page.locator("#fehler").wait_for()
    assert page.title().startswith("Fehler:")
    assert page.evaluate("document.activeElement.id") == "fehler"
    page.get_by_role("link", name="Eine Postleitzahl hat fünf Ziffern").click()
    assert page.evaluate("document.activeElement.id") == "id_postcode" or "#id_postcode" in page.url
    clean(page)


def test_choosing_how_often_opens_what_belongs_to_it(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled[0]}/wann/")
    assert not page.get_by_role("heading", name="Jede Woche").is_visible()
    page.get_by_label("Jede Woche").check()
    page.locator("#id_weekday_1").check()
    page.locator("#id_w_1_0_from").fill("10:00")
    page.locator("button[value=w_1]").click()
    assert page.evaluate("document.activeElement.id") == "id_w_1_1_from"
    assert page.locator(".nexts li").count() == 5
    clean(page)


def title_of(pk: int) -> str:
    """What is saved of an offer: read where it can be seen, on its page."""
    return f"/konto/angebote/{pk}/was/"


def test_it_is_saved_while_somebody_types(page, filled, address):  # noqa: F811
    page.goto(f"{address}{title_of(filled[0])}")
    page.locator("#id_title").press_sequentially("Handy-Hilfe", delay=5)
    page.locator("#gespeichert", has_text="Gespeichert um").wait_for()
    assert page.locator("#gespeichert-sagen").text_content().startswith("Gespeichert um")
    page.locator("#vorschau", has_text="Handy-Hilfe").wait_for()
    # At once afterwards: the button waits for a save that is under way, and there is one version only.
    page.locator("#id_title").press_sequentially(" für Ältere", delay=45)
    page.get_by_role("button", name="Weiter: Wann?").last.click()
    page.wait_for_url("**/wann/*")
    page.goto(f"{address}{title_of(filled[0])}")
    assert page.locator("#id_title").input_value() == "Handy-Hilfe für Ältere"
    clean(page)


def test_without_a_connection_it_says_so_and_saves_later(page, filled, address):  # noqa: F811
    page.goto(f"{address}{title_of(filled[0])}")
    page.context.set_offline(True)
    page.locator("#id_title").fill("Ohne Netz")
    page.locator("#gespeichert", has_text="keine Verbindung").wait_for()
    assert "keine Verbindung" in page.locator("#gespeichert-sagen").text_content()
    clean(page)
    page.context.set_offline(False)
    page.locator("#gespeichert", has_text="Gespeichert um").wait_for()
    page.reload()
    assert page.locator("#id_title").input_value() == "Ohne Netz"


def test_whoever_was_signed_out_meanwhile_keeps_what_stands_there(page, filled, address):  # noqa: F811
    page.goto(f"{address}{title_of(filled[0])}")
    page.context.clear_cookies()
    page.locator("#id_title").fill("Noch da")
    page.locator("#gespeichert", has_text="nicht mehr angemeldet").wait_for()
    # No button loses it, and after signing in again elsewhere the same page goes on.
    page.locator("button[name=weiter]").last.click()
    page.locator("#gespeichert", has_text="nicht mehr angemeldet").wait_for()
    assert page.locator("#id_title").input_value() == "Noch da"
    page.context.add_cookies([{"name": "sessionid", "value": filled[2], "url": address}])
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/wann/*")
    page.goto(f"{address}{title_of(filled[0])}")
    assert page.locator("#id_title").input_value() == "Noch da"


# Each answer to the page's questions comes late.
_SLOW = """() => {
    const ask = window.fetch;
    window.asked = 0;
    window.fetch = (...of) => {
        window.asked += 1;
        return ask(...of).then((answer) => new Promise((done) => setTimeout(() => done(answer), 400)));
    };
    window.pressed = () => [...document.querySelectorAll("button[name=weiter]")].pop().click();
}"""


def test_a_button_pressed_twice_after_signing_in_again_sends_once(page, filled, address):  # noqa: F811 (a fixture)
    page.goto(f"{address}{title_of(filled[0])}")
    page.context.clear_cookies()
    page.locator("#id_title").fill("Einmal")
    page.locator("#gespeichert", has_text="nicht mehr angemeldet").wait_for()
    page.context.add_cookies([{"name": "sessionid", "value": filled[2], "url": address}])
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.is_navigation_request() else None)
    # Both presses come before the answer to the first one's question for a new form.
    page.evaluate(_SLOW)
    page.evaluate("pressed()")
    page.evaluate("pressed()")
    page.wait_for_url("**/wann/*")
    assert sent.count("POST") == 1


def test_a_button_pressed_again_right_after_signing_in_goes_on(page, filled, address):  # noqa: F811 (a fixture)
    page.goto(f"{address}{title_of(filled[0])}")
    page.context.clear_cookies()
    page.locator("#id_title").fill("Wieder da")
    page.locator("#gespeichert", has_text="nicht mehr angemeldet").wait_for()
    # The first question is on its way, without a session, when there is one again.
    page.evaluate(_SLOW)
    with page.expect_event("requestfinished", lambda request: request.method == "GET"):
        page.evaluate("pressed()")
        page.wait_for_function("asked === 1")
        page.context.add_cookies([{"name": "sessionid", "value": filled[2], "url": address}])
        page.evaluate("pressed()")
    page.wait_for_url("**/wann/*")


def test_a_long_text_with_its_bar_and_a_paste_from_word(page, filled, address):  # noqa: F811
    from tests.authoring.test_richtext import WORD

    page.goto(f"{address}/konto/angebote/{filled[0]}/bild/")
    text = page.get_by_role("textbox", name="Was erwartet die Leute?")
    text.click()
    page.keyboard.type("Kommen Sie ")
    page.get_by_role("button", name="Fett").click()
    assert page.get_by_role("button", name="Fett").get_attribute("aria-pressed") == "true"
    expect(text).to_be_focused()
    page.keyboard.type("vorbei")
    clean(page)
    text.evaluate(
        """(place, word) => {
            const data = new DataTransfer();
            data.setData("text/html", word);
            place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        WORD,
    )
    assert text.locator("li").all_text_contents() == ["Fotos", "Schrift"]
    assert text.locator("[style], [class^=Mso], span, script").count() == 0
    page.locator("#gespeichert", has_text="Gespeichert um").wait_for()
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/pruefen/")
    page.goto(f"{address}/konto/angebote/{filled[0]}/bild/")
    assert (
        page.get_by_role("textbox", name="Was erwartet die Leute?").locator("strong").first.text_content()
        == "vorbeiWir helfen"
    )
    # The keyboard: one stop for the bar, arrows within it, and Tab leaves the text.
    page.get_by_role("button", name="Fett").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Kursiv"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.isContentEditable")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.isContentEditable")
    # In a list as well, and to walk through it changes nothing.
    text.locator("li").last.click()
    page.keyboard.press("End")
    before = text.inner_html()
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("toolbar").locator(":focus")).to_have_count(1)
    assert text.inner_html() == before


def test_a_photo_is_uploaded_at_once_and_its_part_chosen_in_it(page, filled, address):  # noqa: F811
    from tests.authoring.test_pictures import of

    page.goto(f"{address}/konto/angebote/{filled[0]}/bild/")
    page.locator("#id_upload").set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": of(900, 1200).read()}
    )
    page.get_by_role("button", name="Ausschnitt im Bild wählen").click()
    page.locator(".cropper-face").wait_for()
    page.get_by_label("der untere Teil").check()
    clean(page)
    page.locator(".cropper-face").scroll_into_view_if_needed()
    face = page.locator(".cropper-face").bounding_box()
    page.mouse.move(face["x"] + 40, face["y"] + 20)
    page.mouse.down()
    page.mouse.move(face["x"] + 40, face["y"] - 40, steps=4)
    page.mouse.up()
    assert len(page.locator("input[name=box]").input_value().split(",")) == 4
    page.get_by_role("button", name="Diesen Teil zeigen").click()
    page.get_by_label("Der bisher gewählte Ausschnitt").wait_for()
    width, height = (int(page.locator(".crop img").first.get_attribute(name)) for name in ("width", "height"))
    assert abs(width / height - 16 / 9) < 0.02


def test_the_pin_moves_by_drag_by_arrow_keys_and_by_buttons(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled[0]}/wo/")
    page.get_by_label("An einem anderen Ort").check()
    page.locator("#id_postcode").fill("66115")
    page.get_by_role("button", name="Stecknadel auf der Karte").click()
    pin = page.locator(".pin__dot")
    pin.wait_for()
    clean(page)
    before = float(page.locator("input[name=lat]").input_value())
    pin.focus()
    page.keyboard.press("ArrowUp")
    after = float(page.locator("input[name=lat]").input_value())
    assert after > before
    page.get_by_role("button", name="Hier ist es").last.click()
    page.wait_for_url("**/wo/")
    page.get_by_role("button", name="Stecknadel auf der Karte").click()
    pin.wait_for()
    assert float(page.locator("input[name=lat]").input_value()) == after
    page.get_by_role("button", name="Süden").click()
    page.wait_for_url("**/ort/?schritt=*")
    assert float(page.locator("input[name=lat]").input_value()) < after


def test_a_first_offer_on_a_phone_takes_few_taps(page, filled, address):  # noqa: F811
    """From the list to the editors. A tap is a press on anything; typing into a field is one tap and the typing."""
    taps = 0

    def tap(place, typed: str = "") -> None:
        nonlocal taps
        taps += 1
        if typed:
            place.fill(typed)
        else:
            place.click()

    page.goto(f"{address}/konto/angebote/neu/")
    tap(page.get_by_role("button", name="Anfangen"))
    page.wait_for_url("**/was/")
    way = page.url.removesuffix("was/")
    tap(page.locator("#id_title"), "Smartphone-Sprechstunde")
    tap(page.locator("#id_summary"), "Wir helfen in Ruhe.")
    tap(page.get_by_label("Bildung"))
    tap(page.get_by_label("Ältere"))
    tap(page.locator("button[name=weiter]").last)
    page.wait_for_url("**/wann/*")
    tap(page.get_by_label("Jede Woche"))
    tap(page.locator("#id_weekday_1"))
    tap(page.locator("#id_w_1_0_from"), "10:00")
    tap(page.locator("button[name=weiter]").last)
    page.wait_for_url("**/wo/")
    tap(page.get_by_label("Nichts, es ist kostenlos"))
    tap(page.locator("button[name=weiter]").last)
    page.wait_for_url("**/bild/")
    tap(page.locator("button[name=weiter]").last)
    page.wait_for_url("**/pruefen/")
    assert page.locator(".missing").count() == 0
    clean(page)
    tap(page.locator("button[name=abschicken]"))
    page.wait_for_url(f"{way}aenderung/")
    assert taps == 14


def test_a_double_tap_on_send_sends_once(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled[1]}/pruefen/")
    page.locator("button[name=abschicken]").dblclick()
    page.wait_for_url("**/aenderung/")
    assert page.get_by_text("Änderung in Prüfung").count() <= 2


def test_without_a_connection_the_page_stays_and_on_a_slow_one_it_says_what_goes_on(page, filled, address):  # noqa: F811
    page.goto(f"{address}/konto/angebote/{filled[0]}/was/")
    page.context.set_offline(True)
    page.locator("#id_summary").fill("Das darf nicht verloren gehen.")
    page.locator("button[name=weiter]").last.click()
    expect(page.locator("#gespeichert")).to_contain_text("Es gibt keine Verbindung")
    expect(page.locator("#gespeichert")).to_be_in_viewport()
    assert page.locator("#id_summary").input_value() == "Das darf nicht verloren gehen."
    page.context.set_offline(False)
    page.locator("button[name=weiter]").last.click()
    page.wait_for_url("**/wann/")
    page.goto(f"{address}/konto/angebote/{filled[0]}/bild/")
    # An answer without a page: what stands there while the server is still busy goes on standing there.
    sent = []
    page.route("**/bild/", lambda route: (sent.append(route), route.fulfill(status=204)))
    page.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"klein"})
    expect(page.locator(".sending")).to_contain_text("Wird gesendet")
    assert len(sent) == 1


STEPS = ("was", "wann", "wo", "bild", "pruefen")
LIGHTS = {
    "wide": ({"viewport": {"width": 1280, "height": 900}}, ""),
    "narrow, right to left": ({"viewport": {"width": 320, "height": 844}}, "?sprache=ar"),
    "200 % zoom": ({"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}, ""),
    "dark": ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, ""),
    "forced colours": ({"viewport": {"width": 390, "height": 844}, "forced_colors": "active"}, ""),
}


@pytest.mark.parametrize("light", LIGHTS)
def test_every_page_in_every_light(filled, address, browser, light):  # noqa: F811
    options, language = LIGHTS[light]
    context = browser.new_context(locale="de-DE", **options)
    context.add_cookies([{"name": "sessionid", "value": filled[2], "url": address}])
    sheet = context.new_page()
    # Forced colours are the person's own: what the style sheet says of contrast counts for nothing then.
    colours = "forced_colors" not in options
    for step in STEPS:
        assert sheet.goto(f"{address}/konto/angebote/{filled[0]}/{step}/{language}").status == 200
        assert sheet.locator("html").get_attribute("dir") == ("rtl" if language else "ltr")
        assert barriers(sheet, colours=colours) == [], step
        assert sheet.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"], step
    sheet.goto(f"{address}/konto/angebote/{filled[3]}/was/{language}")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"], "one long word"
