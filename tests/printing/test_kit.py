"""Poster, postcard, flyer, letters and the sheet for new editors: what they say, that the code leads there, and that
everything stays on its sheet."""

import pypdfium2
import pytest
import zxingcpp
from django.utils.translation import override

from accounts.models import User
from portal.offers.models import Offer
from portal.printing import making, tasks
from portal.printing.kit import letters
from portal.printing.kit.first_hours import TEXT, read
from portal.providers.models import Membership, Provider
from tenants.running.context import inside
from tenants.urls import own_address, own_host
from tests.factories import a_provider, an_offer
from tests.printing.rules import breaches, texts

pytestmark = pytest.mark.usefixtures("db")
WORDS = {"headline": "Was ist hier los?", "text": "Alles auf einen Blick.", "call": "Jetzt scannen"}
LONG = "Donaudampfschifffahrtsgesellschaft und viele weitere lange Wörter für alle Leute"
MM = 72 / 25.4
# Width, height and pages by what is printed, on which sheet, and what it is about.
SHEETS = {
    ("poster", "a4", "portal"): (210, 297, 1),
    ("poster", "a3", "offer"): (297, 420, 1),
    ("postcard", "a4", "provider"): (148, 105, 2),
    ("flyer", "a4", "offer"): (99, 210, 2),
}


@pytest.mark.parametrize(("kind", "sheet", "about"), SHEETS)
def test_each_sheet_has_its_size_its_code_and_nothing_runs_over(ahausen, a_paper, printed, kind, sheet, about):
    """The longest words that fit the form, and all that is known of a provider and an offer."""
    words = {"headline": LONG, "text": "Wir treffen uns. " * 23, "call": LONG}
    with inside(ahausen):
        provider = a_provider(name="Musikschule", street="Ring 1", postcode="66111", city="Ahausen", phone="0681 12345")
        offer = an_offer(title=LONG, provider=provider, cost_kind="free", conditions="Bitte anrufen. " * 30)
        target = {"portal": 0, "provider": provider.pk, "offer": offer.pk}[about]
        path = printed(a_paper(kind, about=about, target=target, sheet=sheet, **words))
        start = own_address()
        expected = {"portal": "", "provider": provider.get_absolute_url(), "offer": offer.get_absolute_url()}[about]
    assert breaches(path) == []
    width, height, pages = SHEETS[kind, sheet, about]
    said = texts(path)
    document = pypdfium2.PdfDocument(path)
    assert [page.get_size() for page in document] == [pytest.approx((width * MM, height * MM), abs=0.6)] * pages
    found = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    document.close()
    assert [each.text for each in found] == [f"{start.rstrip('/')}{expected or '/'}"]
    assert words["headline"].split()[0][:12] in said[0]
    known = {"portal": own_host(), "provider": "Ring 1, 66111 Ahausen", "offer": "kostenfrei"}[about]
    assert known in "".join(said)


def test_what_is_no_longer_public_gets_no_poster(ahausen, a_paper):
    with inside(ahausen):
        offer = an_offer(title="Chor")
        paper = a_paper("flyer", about="offer", target=offer.pk, **WORDS)
        Offer.objects.filter(pk=offer.pk).update(state="paused")
        assert making.ask_for(paper, by="test")
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
    assert (paper.state, paper.trouble) == ("failed", "gone")


def test_a_letter_for_each_provider_with_its_own_address_salutation_and_code(ahausen, a_paper, printed):
    with inside(ahausen):
        whole = {"street": "Ring 1", "postcode": "66111", "city": "Ahausen"}
        choir = a_provider(name=f"{LONG} e. V.", contact_salutation="ms", contact_name="Dr. Ines Öztürk", **whole)
        club = a_provider(name="Turnverein", **whole)
        a_provider(name="Ohne Anschrift")
        a_provider(name="Entwurf", state="draft", published_at=None, **whole)
        user = User.objects.create_user("chor@verein.example")
        Membership.objects.create(provider=choir, user=user, role=Membership.Role.ADMINISTRATOR)
        text = "wir bitten Sie um einen Blick.\n\nVielen Dank."
        everybody = a_paper("letters", "Ihre Angebote", who="all", text=text, signed="Die Redaktion")
        path = printed(everybody)
        newcomers = a_paper("letters", "Ihre Angebote", who="without_account", text=text, signed="Die Redaktion")
        fewer = printed(newcomers)
        addresses = [f"{own_address().rstrip('/')}{each.get_absolute_url()}" for each in (choir, club)]
    assert breaches(path) == []
    first, second = texts(path)
    assert "Sehr geehrte Frau Dr. Öztürk," in first
    assert "Sehr geehrte Damen und Herren," in second
    for page, name in ((first, "Donaudampfschifffahrt"), (second, "Turnverein")):
        for said in (name, "Ring 1", "66111 Ahausen", "wir bitten Sie um einen Blick.", "Die Redaktion"):
            assert said in page
    document = pypdfium2.PdfDocument(path)
    # DIN 5008, form B: the field of the address is 20 mm from the left, 45 mm from the top, 85 × 45 mm large, and the
    # window of an envelope shows it alone. The longest name fits.
    field = {"left": 20 * MM, "right": 105 * MM, "top": (297 - 45) * MM, "bottom": (297 - 90) * MM}
    seen = [page.get_textpage().get_text_bounded(**field).split("\r\n") for page in document]
    assert seen[1][-3:] == ["Turnverein", "Ring 1", "66111 Ahausen"]
    assert seen[0][-2:] == ["Ring 1", "66111 Ahausen"]
    assert " ".join(seen[0]).endswith(f"{LONG} e. V. Dr. Ines Öztürk Ring 1 66111 Ahausen")
    codes = [each.text for page in document for each in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    document.close()
    assert codes == addresses
    assert len(texts(fewer)) == 1
    assert "Turnverein" in texts(fewer)[0]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ines Öztürk", "Öztürk"), ("Prof. Dr. Maria von der Heide", "Prof. Dr. von der Heide"), ("Heide", "Heide"),
        ("Anna-Lena Müller-Lüdenscheidt", "Müller-Lüdenscheidt"), ("Vera van den Berg", "van den Berg"), ("Dr.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_people_are_addressed_by_their_whole_last_name(name, called):
    provider = Provider(contact_salutation="ms", contact_name=name)
    with override("de"):
        expected = f"Sehr geehrte Frau {called}," if called else "Sehr geehrte Damen und Herren,"
        assert letters._salutation(provider) == expected


def test_no_address_at_all_says_so(ahausen, a_paper):
    with inside(ahausen):
        Provider.objects.all().update(street="")
        paper = a_paper("letters", text="x", signed="y", who="all")
        assert making.ask_for(paper, by="test")
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
    assert (paper.state, paper.trouble) == ("failed", "nobody")


def test_the_sheet_for_new_editors_names_only_pages_that_are_there(ahausen, a_paper, printed):
    with inside(ahausen):
        path = printed(a_paper("sheet", "Ihre ersten zwei Stunden"))
        told = read(TEXT.read_text(encoding="utf-8"))
        made_up = read(
            "# T\n## A\n- Da → /redaktion/\n- Nicht da → /redaktion/gibtesnicht/\n## B\n- Weg → /redaktion/x/y/"
        )
    assert breaches(path) == []
    (said,) = texts(path)
    assert "Ihre ersten zwei Stunden" in said
    paths = [step.path for section in told.sections for step in section.steps]
    assert {"/redaktion/", "/redaktion/themen/", "/redaktion/drucksachen/"} <= set(paths)
    assert [each for each in paths if each and each.strip("/").split("/")[0] not in said] == []
    assert [(each.title, [step.text for step in each.steps]) for each in made_up.sections] == [("A", ["Da"])]
