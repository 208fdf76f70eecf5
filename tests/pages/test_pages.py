"""Editorial pages, old addresses, files, and that nothing of one municipality is found in another."""

from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import get_resolver
from PIL import Image

from portal.offers.models import OfferImage
from portal.pages.models import Page, Redirect
from tenants.running.context import inside
from tests.factories import an_offer


def _png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


PNG = _png()


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_editorial_pages_are_shown_while_they_are_public(ahausen, portal):
    with inside(ahausen):
        page = Page.objects.create(slug="tagesmuetter", title="Tagesmütter", body="<p>Hallo</p><script>x()</script>")
    answer = portal.get("/tagesmuetter/")
    assert "<p>Hallo</p>" in answer.content.decode()
    assert "x()" not in answer.content.decode()
    assert portal.get("/tagesmuetter")["Location"] == "/tagesmuetter/"
    with inside(ahausen):
        Page.objects.filter(pk=page.pk).update(published=False)
    assert portal.get("/tagesmuetter/").status_code == 404


def test_old_addresses_lead_to_the_new_ones_for_ever(ahausen, portal):
    with inside(ahausen):
        offer = an_offer()
        Redirect.objects.create(old_path="/angebote/info/alter-kurs", new_path=offer.get_absolute_url())
        Redirect.objects.create(old_path="/anbieter/info/alter-verein/", new_path=offer.provider.get_absolute_url())
    for path, target in (
        ("/angebote/info/alter-kurs", offer),
        ("/angebote/info/alter-kurs/", offer),
        ("/anbieter/info/alter-verein", offer.provider),
        ("/anbieter/info/alter-verein/", offer.provider),
    ):
        answer = portal.get(path)
        assert (answer.status_code, answer["Location"]) == (301, target.get_absolute_url())
    assert portal.get("/angebote/info/nie-da").status_code == 404
    assert portal.get("/angebote/info/nie-da/").status_code == 404


@pytest.mark.both_stores
def test_files_are_served_with_their_type_and_kept_for_ever(ahausen, portal):
    with inside(ahausen):
        picture = default_storage.save("offerimage/a.png", ContentFile(PNG))
        page = default_storage.save("offerimage/b.html", ContentFile(b"<script>x()</script>"))
        drawing = default_storage.save("offerimage/c.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    answer = portal.get(f"/media/{picture}")
    assert body(answer) == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    answer = portal.get(f"/media/{page}")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", "attachment")
    body(answer)
    answer = portal.get(f"/media/{drawing}")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "image/svg+xml"
    body(answer)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "offerimage",
        "offerimage/",
        "../bedorf/offerimage/a.png",
        "offerimage/../../bedorf/offerimage/a.png",
        "fehlt.png",
        "%2e%2e/bedorf/offerimage/a.png",
        "..%5cbedorf",
        "/etc/passwd",
        ".hidden",
        "a%00.png",
        "x" * 5000,
        "offerimage/a.png/",
    ],
)
def test_no_path_leads_out_of_the_folder_or_lists_it(ahausen, bedorf, portal, path):
    for where in (ahausen, bedorf):
        with inside(where):
            default_storage.save("offerimage/a.png" if where == bedorf else "offerimage/b.png", ContentFile(PNG))
    assert portal.get(f"/media/{path}").status_code == 404


def _names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.pattern.converters or pattern.pattern.regex.groups:
            yield f"{prefix}{pattern.name}"


# Every path with a part of its own. A new one must be added here, with an object to ask the neighbour for.
ASKED = {
    "offers:show",
    "offers:offer_dates",
    "offers:provider_dates",
    "offers:qr",
    "offers:picture",
    "offers:show_provider",
    "offers:picture_of_provider",
    "pages:easy",
    # For editors only: tests/translation/test_editing.py asks.
    "pages:easy_edit",
    "pages:moved",
    "pages:media",
    "pages:show",
    "search:map_bubble",
    # Shows what neighbours agreed to show: tests/neighbours/test_isolation.py asks.
    "search:nearby_bubble",
    "search:part",
    "search:edit_synonyms",
    "search:remove_synonyms",
}


def test_whatever_belongs_to_one_municipality_is_not_found_in_another(ahausen, bedorf, visitor):
    own = {name for name in _names(get_resolver("config.urls_tenant")) if not name.endswith(":None") and name != "None"}
    assert {name for name in own if name.split(":")[0] in ("search", "offers", "pages")} == ASKED
    with inside(ahausen):
        offer = an_offer(title="Nur in Ahausen")
        page = Page.objects.create(slug="nur-hier", title="Nur hier", easy_body="<p>Leicht.</p>")
        Redirect.objects.create(old_path="/angebote/info/alt", new_path=offer.get_absolute_url())
        picture = ContentFile(PNG, name="a.png")
        image = OfferImage.objects.create(offer=offer, kind="hero", copyright="Foto: M.", image=picture)
        paths = [offer.get_absolute_url(), offer.provider.get_absolute_url(), page.get_absolute_url(), image.image.url]
    paths += [
        f"{paths[0]}qr.svg",
        f"{paths[0]}termine.ics",
        f"{paths[1]}termine.ics",
        f"{paths[0]}bild.png",
        f"{paths[1]}bild.png",
        f"/media/abgeleitet/320/{image.image.name}.webp",
    ]
    paths += [
        page.easy_url,
        f"/angebote/karte/{offer.pk}/",
        "/sitemap-angebote-1.xml",
        "/angebote/info/alt",
        "/angebote/info/alt/",
        f"/angebote/{offer.pk}-x/",
        f"/anbieter/{offer.provider_id}-x/",
    ]
    here, there = visitor("ahausen"), visitor("bedorf")
    for path in paths:
        answer = here.get(path)
        assert answer.status_code in {200, 301}, path
        body(answer)
        assert there.get(path).status_code == 404, path
    for path in ("/", "/angebote/?q=ahausen", "/sitemap-seiten-1.xml", "/anbieter/"):
        assert "nur-in-ahausen" not in there.get(path).content.decode()


def test_a_page_where_the_platform_is_now_moves_beside_it_and_its_menu_leads_on(ahausen):
    with inside(ahausen):
        page = Page.objects.create(slug="plattform", title="Unsere Plattform", menu="header")
        import_module("portal.pages.migrations.0008_address_of_the_platform").move_page(apps, None)
        assert [item.url for item in page.menu_items.select_related("page")] == ["/plattform-seite/"]
