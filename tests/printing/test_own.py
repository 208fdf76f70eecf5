"""What providers print themselves: for their own public things alone, once for a double click, never a stranger's."""

import pytest

from core.access import Role
from portal.offers.models import Offer
from portal.printing import tasks
from portal.printing.models import MOST_OF_A_PROVIDER, Paper
from portal.printing.own import forms
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

PAGE = "/konto/aushang/"


@pytest.fixture
def club(ahausen, person, visitor):
    """Its administrator's browser, and the organisation."""
    keeper = person(ahausen, Role.PROVIDER)
    browser = visitor("ahausen")
    with inside(ahausen):
        browser.force_login(keeper, backend="allauth.account.auth_backends.AuthenticationBackend")
        yield browser, Provider.objects.kept_by(keeper).get()


def sent(thing, **more):
    kind = "angebot" if isinstance(thing, Offer) else "anbieter"
    return {"about": f"{kind}-{thing.pk}", "kind": "poster", "headline": "", "key": "einmal", **more}


def test_from_an_offer_to_its_poster(club):
    browser, own = club
    offer = an_offer(title="Chor für alle", provider=own, summary="Wir singen.")
    assert "Chor für alle" in browser.get(PAGE, {"angebot": offer.pk}).content.decode()
    answer = browser.post(PAGE, sent(offer))
    again = browser.post(PAGE, sent(offer))
    paper = Paper.objects.get()
    assert answer.url == again.url == f"{PAGE}{paper.pk}/"
    assert (paper.provider, paper.kind, paper.says["headline"], paper.says["text"]) == (
        own, "poster", "Chor für alle", "Wir singen.",
    )  # fmt: skip
    assert "Es wartet, bis es an der Reihe ist." in browser.get(answer.url).content.decode()
    tasks.make_paper(paper=paper.pk)
    assert "PDF herunterladen" in browser.get(answer.url).content.decode()
    assert b"".join(browser.get(f"{answer.url}datei.pdf")).startswith(b"%PDF")
    # What goes from the portal gets no other one, and the page says what to do.
    Offer.objects.filter(pk=offer.pk).update(state="paused")
    browser.post(answer.url, {"tun": "herstellen"})
    tasks.make_paper(paper=paper.pk)
    assert "zurzeit nicht öffentlich" in browser.get(answer.url).content.decode()
    assert browser.post(answer.url, {"tun": "loeschen"}).url == PAGE
    assert not Paper.objects.exists()


def test_an_offer_leads_to_its_poster_wherever_it_stands_among_many(club, monkeypatch):
    browser, own = club
    asked, newer = (an_offer(title=title, provider=own) for title in ("Schach", "Skat"))
    hidden = an_offer(title="Pause", provider=own, state="paused")
    monkeypatch.setattr(forms, "MOST_OFFERED", 1)
    for page in ("/konto/angebote/", f"/konto/angebote/{asked.pk}/aenderung/"):
        assert f'href="{PAGE}?angebot={asked.pk}"' in browser.get(page).content.decode()
    assert f"{PAGE}?angebot={hidden.pk}" not in browser.get("/konto/angebote/").content.decode()
    assert f'value="angebot-{asked.pk}" selected' in browser.get(PAGE, {"angebot": asked.pk}).content.decode()
    assert f"angebot-{asked.pk}" not in browser.get(PAGE, {"angebot": newer.pk}).content.decode()
    assert browser.post(PAGE, sent(asked)).url == f"{PAGE}{Paper.objects.get().pk}/"


def test_nobody_prints_for_others_or_what_is_not_public(club):
    browser, own = club
    drafted = an_offer(title="Entwurf", provider=own, state="draft", published_at=None)
    stranger = a_provider(name="Nebenan")
    for thing in (drafted, an_offer(title="Fremd", provider=stranger), stranger):
        assert browser.post(PAGE, sent(thing)).status_code == 400
    assert not Paper.objects.exists()
    theirs = Paper.objects.create(key="x", kind="poster", title="Fremd", provider=stranger)
    of_editors = Paper.objects.create(key="y", kind="poster", title="Stadt")
    for paper in (theirs, of_editors):
        assert browser.get(f"{PAGE}{paper.pk}/").status_code == 404
        assert browser.post(f"{PAGE}{paper.pk}/", {"tun": "loeschen"}).status_code == 404
    assert list(Paper.objects.of_editors()) == [of_editors]


def test_there_is_an_end_to_how_many_one_keeps(club):
    browser, own = club
    Paper.objects.bulk_create(
        Paper(key=f"k{number}", kind="flyer", title="Blatt", provider=own) for number in range(MOST_OF_A_PROVIDER)
    )
    answer = browser.post(PAGE, sent(an_offer(title="Chor", provider=own)))
    assert answer.status_code == 400
    assert "Sie haben schon 20" in answer.content.decode()
    assert Paper.objects.count() == MOST_OF_A_PROVIDER
