"""Pictures and files of blocks in the media library; and what editors and readers see of what is gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.blocks import drafts, planning
from portal.blocks.models import Document, Draft
from portal.media.models import MediaFile
from portal.media.services import DAYS, mark_unused, remove_unused
from portal.offers.models import Offer
from portal.pages.models import Page, Redirect
from portal.providers.models import Provider
from portal.taxonomy.models import Category
from tests.blocks.conftest import a_media_file, block
from tests.factories import a_provider, an_offer

pytestmark = pytest.mark.django_db
LIBRARY = "/redaktion/medien/"


def html(answer):
    return answer.content.decode().replace("\u00ad", "")


def see(desk, path):
    return html(desk.browsers["mia"].get(path))


def shown(pk, media, **said):
    return block("image", pk, picture=media.pk, alt="Die Brücke", credit="Foto: Rathaus", **said)


def delete(desk, media):
    """Whether the library lets go of a picture."""
    desk.browsers["mia"].post(f"{LIBRARY}{media.pk}/loeschen/")
    return not MediaFile.objects.filter(pk=media.pk).exists()


def test_the_library_names_the_page_that_shows_a_picture_and_keeps_it(full):
    media = MediaFile.objects.get()
    text = see(full, f"{LIBRARY}{media.pk}/")
    assert f'<a href="{full.url}">Neu hier?</a> <span class="muted">Seite · Die Alte Brücke im Morgenlicht' in text
    assert "einmal verwendet" in see(full, LIBRARY)
    assert not delete(full, media)
    assert "wird noch verwendet" in see(full, f"{LIBRARY}{media.pk}/")


def test_drafts_and_planned_drafts_and_pages_taken_off_are_named_for_what_they_are(desk):
    media = a_media_file()
    drafts.add(desk.page, "image", "neubild", after="text0", by=desk.mia)
    said = shown("neubild", media)["data"]
    drafts.write(desk.page, "neubild", said, seen=drafts.digest({}), by=desk.mia)
    assert '>Neu hier?</a> <span class="muted">Entwurf einer Seite · ' in see(desk, f"{LIBRARY}{media.pk}/")
    planning.plan(desk.page, timezone.now() + timedelta(days=1), by=desk.mia)
    assert "Entwurf einer Seite, der von selbst online geht" in see(desk, f"{LIBRARY}{media.pk}/")
    assert not delete(desk, media)
    Draft.objects.all().delete()
    off = Page(slug="weg", title="Abgelegt", published=False)
    off.write([shown("bild01", media), block("quote", "zitat1", text="x", name="y")])
    off.save()
    assert "Seite, die nicht online ist" in see(desk, f"{LIBRARY}{media.pk}/")
    assert not delete(desk, media)


def test_a_picture_of_an_old_state_is_kept_though_nothing_shows_it(full):
    media = MediaFile.objects.get()
    for key in ("image1", "galle1"):
        full.press("mia", {"weg": key})
    full.press("mia", {"tun": "online"})
    assert "Nirgends" in see(full, f"{LIBRARY}{media.pk}/")
    assert "benutzt" not in see(full, f"{LIBRARY}?benutzt=ja").partition('class="pictures"')[2]
    assert not delete(full, media), "the state before still shows it"


def test_the_picture_of_a_deleted_page_stays_as_long_as_the_bin_keeps_the_page(full):
    media = MediaFile.objects.get()
    full.browsers["mia"].post(f"{full.url}loeschen/")
    mark_unused()
    assert remove_unused(timezone.now() + timedelta(days=DAYS - 1)) == 0
    assert not delete(full, media)


def test_a_picture_nobody_uses_is_deleted(desk):
    assert delete(desk, a_media_file())


def test_the_library_asks_as_much_for_one_page_as_for_thirty(full):
    def statements():
        with CaptureQueriesContext(connection) as found:
            assert full.browsers["mia"].get(LIBRARY).status_code == 200
        return len(found)

    statements()
    few = statements()
    media = MediaFile.objects.get()
    for number in range(30):
        page = Page(slug=f"seite-{number}", title=f"Seite {number}")
        page.write([shown("bild01", media), block("quote", "zitat1", text="x", name="y")])
        page.save()
    assert statements() == few


GONE = (
    ("picture", lambda: MediaFile.objects.all().delete(), "Das Bild gibt es nicht mehr"),
    ("document", lambda: Document.objects.all().delete(), "Es ist keine Datei darin"),
    ("provider", lambda: Provider.objects.update(state="blocked"), "Keiner der Anbieter ist"),
    ("topic", lambda: Category.objects.all().delete(), "Die Suche fragt nach etwas"),
)


@pytest.mark.parametrize(("remove", "sentence"), [each[1:] for each in GONE], ids=[each[0] for each in GONE])
def test_editors_read_of_what_is_gone_though_there_is_no_draft(full, remove, sentence):
    assert "etwas ist weg" not in see(full, "/redaktion/seiten/")
    assert "Leserinnen und Leser sehen nicht alles" not in see(full, full.url)
    remove()
    text = see(full, full.url)
    assert "Leserinnen und Leser sehen nicht alles" in text
    assert sentence in text
    assert "etwas ist weg" in see(full, "/redaktion/seiten/")
    answer = full.browsers["mia"].get("/neu-hier/")
    assert answer.status_code == 200
    assert "Ihre ersten Schritte" in html(answer)


def test_one_of_several_that_is_gone_is_told_too(desk):
    gone, there = a_media_file("navy"), a_media_file("teal")
    club, other = a_provider(name="Club"), a_provider(name="Kreis")
    row = {"alt": "Ein Bild", "credit": "Foto: M"}
    desk.page.write(
        [
            block("gallery", "bilder", items=[{**row, "picture": gone.pk}, {**row, "picture": there.pk}]),
            block("providers", "wer001", items=[{"provider": club.pk}, {"provider": other.pk}]),
            block("quote", "zitat1", text="Alles gut", name="Jo"),
        ]
    )
    desk.page.save()
    MediaFile.objects.filter(pk=gone.pk).delete()
    Provider.objects.filter(pk=club.pk).update(state="archived")
    text = see(desk, desk.url)
    assert "Ein Bild darin gibt es nicht mehr" in text
    assert "Ein Anbieter darin ist nicht mehr auf dem Portal" in text
    assert "„Zitat“" not in text.partition('id="vor"')[2].partition("</section>")[0]
    assert "Kreis" in see(desk, "/neu-hier/")


def test_links_to_pages_offers_and_providers_that_are_gone_are_told_and_others_are_not(desk, visitor):
    offer, club = an_offer(title="Töpfern"), a_provider(name="Club")
    Page.objects.create(slug="hilfe-im-alltag", title="Hilfe", body="<p>x</p>")
    Redirect.objects.create(old_path="/alt", new_path="/neu-hier/")
    fine = ["/angebote/?q=chor", "/", "/alt/", "/hilfe-im-alltag/#oben", "https://www.example.org/", "tel:+49681123"]
    tiles = [{"title": "Gut", "link": link} for link in fine]
    tiles += [{"title": "Bald weg", "link": link} for link in (offer.get_absolute_url(), club.get_absolute_url())]
    body = f'<p><a href="/hilfe-im-alltag/">Hilfe</a> <a href="{offer.get_absolute_url()}">Töpfern</a></p>'
    desk.page.write([block("tiles", "kachel", items=tiles), block("text", "texta", html=body)])
    desk.page.save()
    assert "führt zu etwas" not in see(desk, desk.url)
    Offer.objects.update(state="archived")
    Provider.objects.filter(pk=club.pk).update(state="archived")
    Page.objects.filter(slug="hilfe-im-alltag").update(published=False)
    text = see(desk, desk.url)
    assert f"„Kacheln“: Er führt zu etwas, das nicht mehr auf dem Portal ist: {'/hilfe-im-alltag/'}" in text
    for link in (offer.get_absolute_url(), club.get_absolute_url()):
        assert link in text.partition('id="vor"')[2].partition("</section>")[0], link
    assert "„Text“: Er führt zu etwas" in text
    assert "Nicht mehr verfügbar" in html(visitor("ahausen").get(offer.get_absolute_url())), "an honest page"
