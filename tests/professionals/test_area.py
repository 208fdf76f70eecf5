"""The area for professionals: what it lists, and asking to take part in a network."""

import pytest
from django.utils import timezone

from mail.models import OutboxMessage
from portal.feedback.models import Case
from portal.feedback.spam import QUICKEST, new_token
from portal.newsletter.models import Audience, Newsletter
from portal.pages.models import PROFESSIONALS, Page
from tests.blocks.conftest import block, desk

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
AREA = "/fachkraefte/"
JOIN = "/fachkraefte/mitmachen/netz01/"
SAID = {"name": "Kim Sommer", "organisation": "Kita Süd", "email": "kim@kita.example", "message": "Gern ab Mai."}


def html(answer):
    return answer.content.decode().replace("\u00ad", "")


def see(visitor, path=AREA):
    return html(visitor("ahausen").get(path))


def a_network(join="anfrage", **more):
    said = {"title": "Frühe Hilfen", "html": "<p>Wir stimmen uns ab.</p>", "name": "Jo Klein", "role": "Jugendamt",
            "email": "jo@amt.example", "phone": "0681 123456", "join": join, **more}  # fmt: skip
    return block("network", "netz01", **{name: value for name, value in said.items() if value})


def a_page(*blocks, slug="netzwerke", **more):
    page = Page(slug=slug, **{"title": slug.title(), "menu": "none", "for_professionals": True, **more})
    page.write([*blocks, block("quote", "zitat1", text="Zusammen geht es", name="Amira")])
    page.save()
    return page


def ask(visitor, time_machine, said=SAID, path=JOIN):
    """Filled in by a person: not quicker than one can."""
    token = new_token()
    time_machine.shift(QUICKEST * 2)
    return visitor("ahausen").post(path, {**said, "zeit": token, "homepage": ""})


@pytest.fixture
def now(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


def test_without_anything_for_professionals_there_is_no_area(desk, visitor):
    Newsletter.objects.create(name="Stadtbrief", slug="stadtbrief")
    assert visitor("ahausen").get(AREA).status_code == 404


def test_it_lists_marked_pages_and_networks_with_who_coordinates_them(desk, visitor):
    a_page(a_network())
    a_page(slug="material")
    a_page(slug="entwurf", published=False)
    a_page(slug="fuer-alle", for_professionals=False)
    Newsletter.objects.create(name="Fachbrief", slug="fachbrief", audience=Audience.PROFESSIONALS)
    Newsletter.objects.create(name="Stadtbrief", slug="stadtbrief")
    text = see(visitor)
    for words in ("Für Fachkräfte", 'href="/netzwerke/#b-netz01"', "Wir stimmen uns ab.", "Jo Klein", "Jugendamt",
                  "auf Anfrage", f'href="{JOIN}"', 'href="/material/"', "Zusammen geht es", "Fachbrief"):  # fmt: skip
        assert words in text, words
    for absent in ('href="/entwurf/"', 'href="/fuer-alle/"', "Stadtbrief"):
        assert absent not in text, absent
    assert f'<a href="{AREA}">Für Fachkräfte</a>' in see(visitor, "/material/")
    assert AREA not in see(visitor, "/fuer-alle/")


def test_a_network_on_any_page_counts_and_a_hidden_or_unfinished_one_does_not(desk, visitor):
    a_page(a_network(), for_professionals=False)
    assert "Frühe Hilfen" in see(visitor)
    Page.objects.filter(slug="netzwerke").update(blocks=[{**a_network(), "hidden": True}])
    assert visitor("ahausen").get(AREA).status_code == 404
    assert visitor("ahausen").get(JOIN).status_code == 404


def test_a_page_of_its_address_introduces_it(desk, visitor):
    own = a_page(slug=PROFESSIONALS, title="Wir im Netz")
    a_page(a_network())
    text = see(visitor)
    assert "<h1>Wir im Netz</h1>" in text
    assert "Zusammen geht es" in text
    assert "Frühe Hilfen" in text
    assert text.count(f'href="{own.get_absolute_url()}"') <= 1, "it does not list itself"


def test_editors_mark_a_page_and_it_stands_there_at_once(desk, visitor):
    said = {"title": "Neu hier?", "slug": "neu-hier", "menu": "footer", "for_professionals": "on"}
    desk.browsers["mia"].post(f"{desk.url}angaben/", said)
    assert 'href="/neu-hier/"' in see(visitor)
    assert "1 Seite" in html(desk.browsers["mia"].get("/redaktion/seiten/?fachkraefte=ja"))
    del said["for_professionals"]
    desk.browsers["mia"].post(f"{desk.url}angaben/", said)
    assert visitor("ahausen").get(AREA).status_code == 404


def test_who_asks_writes_to_who_coordinates_once_and_gets_no_cookie(desk, visitor, now):
    a_page(a_network())
    form = visitor("ahausen").get(JOIN)
    assert (form.status_code, dict(form.cookies)) == (200, {})
    assert "no-cache" in form["Cache-Control"]
    for _press in range(2):
        answer = ask(visitor, now)
        assert answer["Location"] == f"{JOIN}danke/"
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.reply_to) == ("jo@amt.example", "kim@kita.example")
    for words in ("Ich möchte im Netzwerk „Frühe Hilfen“ mitmachen.", "Kita Süd", "Gern ab Mai.", "Kim Sommer"):
        assert words in mail.body, words
    assert "Ihre Nachricht ist unterwegs" in see(visitor, f"{JOIN}danke/")
    assert not Case.objects.exists()


def test_without_an_address_the_editors_get_it(desk, visitor, now):
    a_page(a_network(email="", phone="", role="", html=""))
    assert "Jo Klein" in see(visitor)
    assert "geht an die Redaktion" in see(visitor, JOIN)
    ask(visitor, now)
    case = Case.objects.get()
    assert (case.kind, case.sender_email) == ("question", "kim@kita.example")
    assert "Frühe Hilfen" in case.text


@pytest.mark.parametrize("missing", ["name", "organisation", "email"])
def test_what_is_missing_is_said_and_nothing_is_sent(desk, visitor, now, missing):
    a_page(a_network())
    answer = ask(visitor, now, {**SAID, missing: ""})
    assert answer.status_code == 200
    assert html(answer).count('class="field__errors"') == 1
    assert f'id="id_{missing}_error"' in html(answer)
    assert "Gern ab Mai." in html(answer)
    assert not OutboxMessage.objects.exists()


def test_a_line_break_in_a_name_changes_no_mail(desk, visitor, now):
    a_page(a_network())
    answer = ask(visitor, now, {**SAID, "organisation": "Kita\r\nBcc: a@b.example"})
    assert answer.status_code == 200
    assert not OutboxMessage.objects.exists()


def test_machines_are_kept_out(desk, visitor):
    a_page(a_network())
    answer = visitor("ahausen").post(JOIN, {**SAID, "zeit": new_token(), "homepage": "x"})
    assert answer.status_code == 200
    assert not OutboxMessage.objects.exists()


def test_a_network_nobody_joins_by_the_portal_has_no_form(desk, visitor):
    a_page(a_network(join=""))
    assert "Frühe Hilfen" in see(visitor)
    assert "mitmachen" not in see(visitor)
    assert visitor("ahausen").get(JOIN).status_code == 404
    assert visitor("ahausen").get("/fachkraefte/mitmachen/ganz-anders/").status_code == 404


def test_an_open_network_says_so_and_leads_to_its_newsletter(desk, visitor):
    a_page(a_network(join="offen", mailing="/newsletter/fachbrief/"))
    text = see(visitor, "/netzwerke/")
    assert "offen für alle" in text
    assert 'href="/newsletter/fachbrief/"' in text
    assert "Mitmachen<span" in text
    assert "Wer in diesem Bereich arbeitet, ist willkommen." in see(visitor, JOIN)
    page = Page.objects.get(slug="netzwerke")
    edit = f"/redaktion/seiten/{page.pk}/"
    lost = "führt zu etwas, das nicht mehr auf dem Portal ist: /newsletter/fachbrief/"
    assert lost in html(desk.browsers["mia"].get(edit))
    Newsletter.objects.create(name="Fachbrief", slug="fachbrief")
    assert lost not in html(desk.browsers["mia"].get(edit))


def test_another_municipality_has_nothing_of_it(desk, visitor, bedorf):
    a_page(a_network())
    assert visitor("bedorf").get(AREA).status_code == 404
    assert visitor("bedorf").get(JOIN).status_code == 404
