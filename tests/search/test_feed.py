"""The feed of a search and the description for browsers, as feed readers and browsers read them."""

from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from portal.offers.models import Offer
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.search.test_pages import queries, text

FEED = "/angebote/feed.atom"
NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def offers(number, **fields):
    now = timezone.now()
    provider = a_provider(name="Haus & Hof")
    return [
        an_offer(title=f"Kurs {n}", provider=provider, published_at=now - timedelta(days=n), **fields)
        for n in range(number)
    ]


def read(client, **params):
    answer = client.get(FEED, params)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_the_newest_come_first_whatever_else_the_address_says(ahausen, portal):
    with inside(ahausen):
        made = offers(3, summary="Ton & <Scheibe>\x0b")
        made[1].description = "<p>Lang</p>"
        an_offer(title="Geheim", state="draft")
    for params in ({}, {"sortierung": "name", "seite": "7", "ansicht": "karte", "foo": "<b>", "von": "quatsch"}):
        found = read(portal, q="kurs", **params)
        assert [entry.title for entry in found.entries] == ["Kurs 0", "Kurs 1", "Kurs 2"]
        assert found.feed.id == "tag:ahausen.localhost,2026:angebote?q=kurs"
    entry = found.entries[0]
    assert entry.id == f"tag:ahausen.localhost,2026:angebot-{made[0].pk}"
    assert urlsplit(entry.link).path == made[0].get_absolute_url()
    assert (entry.author, entry.summary) == ("Haus & Hof", "<p>Ton &amp; &lt;Scheibe&gt; </p>")
    assert "„kurs“" in found.feed.title
    assert [link.rel for link in found.feed.links] == ["alternate", "self"]
    assert urlsplit(found.feed.links[0].href).query == "q=kurs"


def test_a_feed_has_at_most_fifty_offers_in_a_few_queries(ahausen, portal):
    with inside(ahausen):
        offers(55)
    assert [entry.title for entry in read(portal).entries] == [f"Kurs {number}" for number in range(50)]
    # Inside the test's transaction nothing is remembered: what was merged and own details cost some each time.
    assert len(queries(portal, FEED)) <= 26


def test_an_empty_feed_is_a_feed_that_never_changes(portal):
    first, second = portal.get(FEED, {"q": "gibtesnicht"}), portal.get(FEED, {"q": "gibtesnicht"})
    assert first.content == second.content
    assert read(portal, q="gibtesnicht").entries == []


def test_readers_that_ask_again_get_an_answer_only_when_something_changed(ahausen, portal):
    with inside(ahausen):
        made = offers(2)
    first = portal.get(FEED)
    again = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert portal.get(FEED, **again).status_code == 304
    assert portal.get(FEED, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    head = portal.head(FEED)
    assert (head.status_code, head.content) == (200, b"")
    with inside(ahausen):
        Offer.objects.filter(pk=made[0].pk).update(title="Neuer Kurs", updated_at=timezone.now() + timedelta(seconds=5))
    assert portal.get(FEED, **again).status_code == 200
    assert portal.get(FEED, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 200
    with inside(ahausen):
        Offer.objects.filter(pk=made[1].pk).update(state="paused")
    assert [entry.title for entry in read(portal).entries] == ["Neuer Kurs"]


def test_the_page_of_a_search_leads_to_its_feed(portal):
    page = text(portal, "/angebote/", q="töpfern", sortierung="neu", ansicht="kalender")
    address = "/angebote/feed.atom?q=t%C3%B6pfern"
    assert page.count(f'href="{address}"') == 2
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert "Als Feed abonnieren" in page


def test_browsers_learn_how_to_search_here(ahausen, portal):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in text(portal, "/")
    answer = portal.get("/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{{{NAMES['o']}}}OpenSearchDescription"
    assert 0 < len(root.findtext("o:ShortName", namespaces=NAMES)) <= 16
    assert ahausen.name in root.findtext("o:Description", namespaces=NAMES)
    urls = {each.get("type"): each.get("template") for each in root.findall("o:Url", NAMES)}
    for template in urls.values():
        parts = urlsplit(template.replace("{searchTerms}", "ton"))
        assert parts.hostname == "ahausen.localhost"
        assert portal.get(f"{parts.path}?{parts.query}").status_code == 200
    assert urls["text/html"].endswith("/angebote/?q={searchTerms}")
    assert urls["application/x-suggestions+json"].endswith("/angebote/vorschlaege/?q={searchTerms}&format=opensearch")


def test_the_operators_side_has_nothing_to_search(db, visitor):
    assert visitor("").get("/opensearch.xml").status_code == 404
