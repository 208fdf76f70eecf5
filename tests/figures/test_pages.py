"""The pages of the figures: periods, comparisons, files, strangers, empty states and a fixed number of statements."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from portal.figures.periods import MOST_PARTS, read
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from portal.usage.models import DailyOfferAct, DailyOfferView
from portal.usage.retention import drop_old_figures
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.factories import a_provider, an_offer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/konto/statistik/"
LONG_AGO = timedelta(days=900)


@pytest.fixture
def club(ahausen):
    with inside(ahausen):
        club = a_provider(name="Nachbarschaftstreff")
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.MEMBER)
        yield club


@pytest.fixture
def entered(club, visitor):
    client = visitor("ahausen")
    client.force_login(User.objects.get(email="helga@verein.example"), backend=BACKEND)
    return client


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def seen(offer: Offer, times: int, *, days: int = 1) -> Offer:
    DailyOfferView.objects.create(offer_id=offer.pk, day=ago(days), count=times)
    return offer


def others(number: int, **fields) -> list[Offer]:
    """Public offers of somebody else, seen 10, 20, 30 … times."""
    provider = a_provider(name="Andere")
    since = timezone.now() - LONG_AGO
    made = [an_offer(provider=provider, published_at=since, **fields) for _n in range(number)]
    return [seen(offer, 10 * (place + 1)) for place, offer in enumerate(made)]


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_an_offer_stands_beside_the_median_of_others(entered, club):
    own = seen(an_offer(title="Chor", provider=club, published_at=timezone.now() - LONG_AGO), 7)
    others(5)
    page = text_of(entered.get(f"{HERE}{own.pk}/"))
    assert ": 7. Am meisten" in page
    assert "5 öffentlichen Angeboten anderer" in page
    assert "höchstens 30" in page
    assert page.count('class="chart__usual"') == 30, "one line for each day"


def test_with_fewer_than_five_nobodys_figures_can_be_inferred(entered, club):
    own = seen(an_offer(title="Chor", provider=club, published_at=timezone.now() - LONG_AGO), 7)
    others(4)
    # Many of one's own do not make up for it: what is left would be the others'.
    for number in range(6):
        seen(an_offer(provider=club, published_at=timezone.now() - LONG_AGO), number)
    page = text_of(entered.get(f"{HERE}{own.pk}/"))
    assert "Einen Vergleich gibt es nicht" in page
    assert "chart__usual" not in page
    assert "hat die eine Hälfte" not in page
    sheet = load_workbook(io.BytesIO(entered.get(f"{HERE}{own.pk}/verlauf.xlsx").content)).active
    assert [cell.value for cell in list(sheet.columns)[3][1:]] == [None] * 30


def test_the_same_topics_are_compared_where_there_are_enough(entered, club):
    sport, music = Category.objects.create(name="Sport"), Category.objects.create(name="Musik")
    below = Category.objects.create(name="Turnen", parent=sport)
    own = an_offer(title="Turnen", provider=club, published_at=timezone.now() - LONG_AGO, categories=[sport])
    others(5, categories=[below])
    for offer in others(5, categories=[music]):
        DailyOfferView.objects.filter(offer_id=offer.pk).update(count=1000)
    page = text_of(entered.get(f"{HERE}{own.pk}/"))
    assert "5 öffentlichen Angeboten anderer mit denselben Themen" in page
    assert "höchstens 30" in page


def test_who_was_not_public_yet_or_over_already_is_not_compared(entered, club):
    own = an_offer(title="Chor", provider=club, published_at=timezone.now() - LONG_AGO)
    five = others(5)
    Offer.objects.filter(pk=five[0].pk).update(published_at=timezone.now() - timedelta(days=3))
    days = load_workbook(io.BytesIO(entered.get(f"{HERE}{own.pk}/verlauf.xlsx").content)).active
    compared = [row[-1].value for row in list(days.rows)[1:]]
    assert compared == [None] * 26 + [5] * 4


def test_a_stranger_finds_nothing_and_another_organisation_is_not_counted(entered, club):
    foreign = seen(an_offer(title="Fremd"), 9)
    assert entered.get(f"{HERE}{foreign.pk}/").status_code == 404
    assert entered.get(f"{HERE}{foreign.pk}/verlauf.csv").status_code == 404
    seen(an_offer(title="Eigenes", provider=club), 3)
    page = text_of(entered.get(f"{HERE}?anbieter={foreign.provider_id}"))
    assert "Fremd" not in page
    assert ">3<" in page


def test_the_list_names_each_offer_the_most_viewed_first_and_leads_on(entered, club):
    seen(an_offer(title="Wenig", provider=club), 2)
    much = seen(an_offer(title="Viel", provider=club), 20)
    DailyOfferAct.objects.create(offer_id=much.pk, day=ago(2), act="phone", count=4)
    page = text_of(entered.get(HERE))
    assert page.index(">Viel<") < page.index(">Wenig<")
    assert f'href="{HERE}{much.pk}/?zeitraum=30-tage"' in page
    contacts = text_of(entered.get(f"{HERE}?was=kontakte"))
    assert "telefonisch: 4" in contacts


def test_files_say_what_the_page_says_and_no_title_is_a_formula(entered, club):
    own = seen(an_offer(title="=1+1", provider=club), 20)
    DailyOfferAct.objects.create(offer_id=own.pk, day=ago(2), act="form", count=4)
    rows = list(csv.reader(io.StringIO(entered.get(f"{HERE}angebote.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["'=1+1", "20", "4", "0", "0", str(own.pk)]
    sheet = load_workbook(io.BytesIO(entered.get(f"{HERE}verlauf.xlsx").content)).active
    found = {row[0].value.date(): row[2].value for row in list(sheet.rows)[1:]}
    assert found[ago(1)] == 20
    assert sum(found.values()) == 20
    assert entered.get(f"{HERE}verlauf.exe").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zeitraum=immer", "kennen wir nicht"),
        ("von=gestern", "kein Datum, das wir verstehen"),
        ("von=2026-02-30", "kein Datum, das wir verstehen"),
        ("zeitraum=36-monate&je=tag", "zu lang für Tage"),
        ("von=9999-01-01", "liegen noch vor uns"),
        ("von=0001-01-01", "kein Datum"),
        ("von=1990-01-01", "letzten 10 Jahre"),
    ],
)
def test_what_an_address_cannot_mean_is_said_and_answered_all_the_same(entered, club, query, said):
    an_offer(provider=club)
    assert said in text_of(entered.get(f"{HERE}?{query}"))


def test_the_days_of_every_period_are_each_in_one_part():
    today = ago(0)
    for query in ({"zeitraum": "30-tage"}, {"zeitraum": "90-tage"}, {"zeitraum": "12-monate"},
                  {"zeitraum": "36-monate"}, {"zeitraum": "12-monate", "je": "woche"},
                  {"von": "2024-02-27", "bis": "2024-03-04", "je": "woche"}):  # fmt: skip
        period = read(query, today=today)
        days = [part.first + timedelta(days=n) for part in period.parts
                for n in range((part.last - part.first).days + 1)]  # fmt: skip
        assert days == [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
        assert len(period.parts) <= MOST_PARTS, query


def test_a_new_offer_without_views_explains_itself(entered, club):
    fresh = an_offer(title="Neu", provider=club)
    assert "noch niemand geöffnet" in text_of(entered.get(f"{HERE}{fresh.pk}/"))
    draft = an_offer(title="Entwurf", provider=club, state="draft", published_at=None)
    assert "war noch nie öffentlich" in text_of(entered.get(f"{HERE}{draft.pk}/"))
    paused = an_offer(title="Pausiert", provider=club, state="paused")
    assert "zurzeit nicht öffentlich" in text_of(entered.get(f"{HERE}{paused.pk}/"))


def test_without_offers_the_next_step_is_named(entered, club):
    page = text_of(entered.get(HERE))
    assert "Erstes Angebot eintragen" in page
    assert 'href="/konto/angebote/neu/"' in page


def test_what_the_municipality_deletes_is_gone_here_too_and_said(entered, club):
    own = seen(an_offer(provider=club), 5, days=200)
    DailyOfferAct.objects.create(offer_id=own.pk, day=ago(200), act="phone", count=4)
    Preferences.objects.update_or_create(pk=Preferences.load().pk, defaults={"figures_months": 3})
    assert drop_old_figures() == 2
    page = text_of(entered.get(f"{HERE}{own.pk}/?zeitraum=12-monate"))
    assert "ältere sind gelöscht" in page
    assert "noch niemand geöffnet" in page


def statements(client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_ask_as_many_statements_for_many_offers_as_for_few(entered, club):
    first = seen(an_offer(title="Erstes", provider=club), 1)
    others(1)
    entered.get(HERE)
    few = {path: statements(entered, path) for path in (HERE, f"{HERE}{first.pk}/", f"{HERE}verlauf.csv",
                                                        f"{HERE}angebote.csv")}  # fmt: skip
    for number in range(60):
        seen(an_offer(provider=club), number)
    others(20)
    assert {path: statements(entered, path) for path in few} == few
    assert max(few.values()) <= 25, few
    assert "seite=2" in text_of(entered.get(HERE))
