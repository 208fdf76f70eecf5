"""The pages of the look in a real Chromium: without barriers, without JavaScript, live with it; and any look on the
portal's own pages, light and dark."""

import pytest
from playwright.sync_api import expect

from portal.pages.models import Page
from portal.site.models import Kind, MenuItem, Place
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.browsing import address, barriers, browser, chromium  # noqa: F401 (fixtures)
from tests.conftest import municipality
from tests.factories import an_offer
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-appearance")]
ROOM = "/redaktion/aussehen/"
# Nothing to see, nothing but black, what print shops love, a grey that suits neither black nor white, plain signals.
LOOKS = (
    ("#ffffff", "#ffffff"),
    ("#000000", "#000000"),
    ("#ffe600", "#ff00ff"),
    ("#777777", "#808000"),
    ("#00ff00", "#ff0000"),
)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenverleihstelle"
LAYOUTS = (("neben", "spalten"), ("unter", "hell"), ("mitte", "schmal"))
# Everything opened, the portal called like that too; answered is what is seen beyond an edge of the screen.
BEYOND = """([word, head, foot]) => {
    document.querySelector("header.head").className = "head head--" + head;
    document.querySelector("footer.foot").className = "foot foot--" + foot;
    document.querySelector(".brand__name").textContent = word;
    document.querySelectorAll("header details").forEach((each) => { each.open = true; });
    const found = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(words.currentNode);
        const hidden = words.currentNode.parentElement.closest(".visually-hidden, .skip, script");
        for (const box of hidden ? [] : range.getClientRects()) {
            if (box.right > innerWidth + 0.5 || box.left < -0.5) { found.push(words.currentNode.data.trim()); break; }
        }
    }
    return [document.documentElement.scrollWidth, found.filter(Boolean)];
}"""
PAINT = """([sheet, mode, head, foot]) => new Promise((done) => {
    document.documentElement.dataset.kernTheme = mode;
    document.querySelector("header.head").className = "head head--" + head;
    document.querySelector("footer.foot").className = "foot foot--" + foot;
    // Another address each time: the same one again would not be loaded anew, and nobody would say that it is there.
    const link = document.querySelector('link[href*="/theme/"], link[href*="vorschau.css"]');
    link.onload = () => requestAnimationFrame(() => requestAnimationFrame(() => done()));
    link.href = sheet;
})"""


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        miriam = an_account("miriam@amt.example", "editor")
        offer = an_offer(title="Töpfern für alle")
        long = Page.objects.create(slug="lang", title=LONG, published=True, body=f"<p>{LONG}</p>")
        for place in Place:
            top = MenuItem.objects.create(place=place, kind=Kind.PAGE, page=long, position=7)
            MenuItem.objects.create(place=place, kind=Kind.PAGE, page=long, parent=top)
            MenuItem.objects.create(place=place, kind=Kind.PAGE, page=long, position=8)
        yield {"miriam": session_of(miriam), "offer": offer.get_absolute_url(), "long": f"/{long.slug}/"}


@pytest.fixture
def open_page(filled, address, browser):  # noqa: F811
    def opened(path, width=320, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", **options)
        context.add_cookies([{"name": "sessionid", "value": filled["miriam"], "url": address}])
        page = context.new_page()
        page.goto(address + path)
        return page

    return opened


def clean(page, *, width=320):
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["", "startseite/", "kopf-und-fuss/", "frueher/"])
def test_the_pages_are_clean_where_they_are_narrowest(open_page, path):
    clean(open_page(f"{ROOM}{path}"))


def test_a_look_is_made_refused_published_and_fetched_back_without_a_script(open_page):
    page = open_page(ROOM, 1280, java_script_enabled=False)
    page.get_by_label("Hauptfarbe").fill("rot")
    page.get_by_role("button", name="Entwurf speichern").first.click()
    expect(page.get_by_role("alert")).to_contain_text("„rot“ ist keine Farbe")
    expect(page.get_by_label("Hauptfarbe")).to_have_value("rot")
    page.get_by_label("Hauptfarbe").fill("#ffe600")
    page.get_by_label("rund", exact=True).check()
    page.get_by_role("button", name="Entwurf speichern").first.click()
    expect(page.get_by_text("Entwurf, nur Sie sehen ihn")).to_be_visible()
    expect(page.get_by_text("Dort wird sie zu")).to_be_visible()
    frame = page.frame_locator("#buehne")
    expect(frame.get_by_role("banner")).to_be_visible()
    frame.get_by_role("link", name="Angebote", exact=True).first.click()
    expect(frame.get_by_role("link", name="Töpfern für alle")).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").first.click()
    expect(page.get_by_text("Ab jetzt sehen alle dieses Aussehen")).to_be_visible()
    page.get_by_role("link", name="Frühere Aussehen").last.click()
    page.get_by_role("button", name="Als Entwurf holen").first.click()
    expect(page.get_by_label("Hauptfarbe")).to_have_value("#1d5a8f")
    page.get_by_role("button", name="Veröffentlichen").first.click()
    expect(page.get_by_text("So sieht das Portal jetzt aus.")).to_be_visible()


def test_what_is_chosen_shows_before_it_is_saved(open_page):
    complaints = []
    page = open_page(ROOM, 1280)
    page.on("console", lambda message: complaints.append(message.text))
    painted = "(frame) => getComputedStyle(frame.contentDocument.documentElement).getPropertyValue('--t-brand')"
    frame = page.locator("#buehne")
    expect(page.frame_locator("#buehne").get_by_role("banner")).to_be_visible()
    page.get_by_label("Hauptfarbe").first.fill("#00843d")
    expect(page.locator("#beweis")).to_contain_text("#00843D")
    page.wait_for_function(f"({painted})(document.getElementById('buehne')).trim() === '#00843d'")
    assert frame.evaluate(painted).strip() == "#00843d"
    expect(page.get_by_text("So sieht das Portal jetzt aus.")).to_be_visible()
    assert barriers(page) == []
    assert complaints == []


def test_a_drawing_becomes_a_picture_in_the_browser_and_its_script_never_runs(open_page):
    page = open_page(ROOM, 1280)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><script>parent.caught = 1</script>'
        '<rect width="200" height="100" fill="#00843d"/></svg>'
    )
    upload = {"name": "wappen.svg", "mimeType": "image/svg+xml", "buffer": drawing.encode()}
    page.locator("#id_logo").set_input_files(upload)
    page.wait_for_function("document.getElementById('id_logo').files[0].type === 'image/png'")
    page.get_by_role("button", name="Entwurf speichern").first.click()
    expect(page.get_by_text("Der Entwurf ist gespeichert.")).to_be_visible()
    expect(page.get_by_alt_text("So ist es in Ihrem Entwurf")).to_be_visible()
    assert page.evaluate("window.caught") is None
    page.get_by_role("button", name="Entwurf verwerfen").click()


def test_any_look_is_readable_on_the_pages_of_the_portal_light_and_dark(filled, open_page):
    for path, looks in (("/", LOOKS), (filled["offer"], LOOKS[:1] + LOOKS[3:4])):
        page = open_page(path, 1280)
        for number, (brand, accent) in enumerate(looks):
            for mode in ("light", "dark"):
                said = f"haupt=%23{brand[1:]}&zweit=%23{accent[1:]}&schrift=fira&ecken=rund&dunkel=1&{mode}"
                layout = LAYOUTS[(number + (mode == "dark")) % len(LAYOUTS)]
                page.evaluate(PAINT, [f"{ROOM}vorschau.css?{said}", mode, *layout])
                assert barriers_of_colour(page) == [], (path, brand, accent, mode)


def test_a_word_longer_than_a_screen_breaks_in_menus_path_heading_and_foot(filled, open_page):
    found = {}
    for width in (320, 390, 1280):
        page = open_page(filled["long"], width)
        for layout in LAYOUTS:
            found[width, *layout] = page.evaluate(BEYOND, [LONG, *layout])
    assert found == {key: [key[0], []] for key in found}


def barriers_of_colour(page):
    """Contrast alone: the rest was looked at elsewhere."""
    return barriers(page, runOnly=["color-contrast"])
