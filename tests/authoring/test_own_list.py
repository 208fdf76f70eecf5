"""The list of one's own offers: what stands in it, what its filters count, and what cannot be seen in it."""

import csv
import io
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from portal.offers import editing
from portal.offers.choices import ScheduleKind
from portal.offers.condition import Condition, condition_of, with_condition_key
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership
from portal.usage.models import DailyOfferView
from tests.factories import an_offer, days_ago
from tests.offers.test_condition import CASES
from tests.revisions.conftest import Cast, cast, change  # noqa: F401

LIST = "/konto/angebote/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def entered(cast: Cast, visitor):  # noqa: F811
    """`entered(person)`: their browser."""

    def browser(person):
        client = visitor("ahausen")
        client.force_login(person, backend=BACKEND)
        return client

    return browser


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("\u2060", "").split())


def row_of(page: str, title: str) -> str:
    """The row of an offer."""
    rows = [part.partition("</section>")[0] for part in page.split('<li class="own">')[1:]]
    (found,) = [row for row in rows if f">{title}<" in row]
    return found


def counts(page: str) -> dict[str, int]:
    """What the filters count, by their words."""
    found = {}
    for part in page.split('class="option__text">')[1:]:
        words, _, rest = part.partition("</span>")
        if 'class="option__count">' in rest[:60]:
            found[words] = int(rest.split('class="option__count">')[1].partition("<")[0])
    return found


def weekly(offer: Offer, *, until: datetime, days: int = 0) -> Offer:
    """Every week up to a day; the first time in some days."""
    # Days are those of the town: after midnight there it is still yesterday in UTC.
    last = timezone.localdate(until)
    rule = Schedule(first_date=timezone.localdate() + timedelta(days=days), start_time=time(15), end_time=time(18),
                    rrule=f"FREQ=WEEKLY;UNTIL={last:%Y%m%d}")  # fmt: skip
    set_schedules(offer, ScheduleKind.WEEKLY, [rule])
    return offer


def old(offer: Offer, days: int = 300) -> Offer:
    Offer.objects.filter(pk=offer.pk).update(updated_at=days_ago(days))
    return offer


def test_the_condition_in_sql_is_the_one_in_python(cast):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    for make in CASES:
        make(cast)
    rows = with_condition_key(Offer.objects.with_condition())
    assert {row.pk: row.condition for row in rows} == {row.pk: condition_of(row).value for row in rows}
    assert {row.condition for row in rows} == {each.value for each in Condition}


def test_what_waits_stands_first_in_the_order_of_work(cast, entered):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    now = timezone.now()
    an_offer(title="Frühstück", provider=cast.club, reviewed_at=now.date())
    old(an_offer(title="Werkstatt", provider=cast.club))
    cast.draft(title="Sprechstunde")
    weekly(an_offer(title="Nähcafé", provider=cast.club), until=now + timedelta(days=20))
    back = cast.draft(title="Kleiderkammer")
    waiting = editing.submit(back, by=cast.member).revision
    editing.send_back(waiting, by=cast.editor, version=1, reason="Kann man auch abgeben?")
    editing.submit(cast.draft(title="Mittagstisch"), by=cast.member)
    page = text_of(entered(cast.member).get(LIST))
    order = [page.index(f">{name}<") for name in (
        "4 warten auf Sie", "Kleiderkammer", "Nähcafé", "Sprechstunde", "Werkstatt", "2 laufen ohne Ihr Zutun",
    )]  # fmt: skip
    assert order == sorted(order)
    assert page.index(">Mittagstisch<") > order[-1]
    assert page.index(">Frühstück<") > order[-1]
    assert "Die Redaktion bittet: „Kann man auch abgeben?“" in row_of(page, "Kleiderkammer")
    assert ">Ergänzen<" in row_of(page, "Kleiderkammer")
    assert "endet bald" in row_of(page, "Nähcafé")
    assert ">Verlängern<" in row_of(page, "Nähcafé")
    assert ">Fertig machen<" in row_of(page, "Sprechstunde")
    assert "lange nicht geprüft" in row_of(page, "Werkstatt")
    assert ">Stimmt noch<" in row_of(page, "Werkstatt")
    assert "Die Antwort bekommen Sie per Mail." in row_of(page, "Mittagstisch")
    assert "Alles ist aktuell." in row_of(page, "Frühstück")


def test_a_festival_of_one_day_ends_soon_but_waits_for_nobody(cast, entered):  # noqa: F811
    fest = an_offer(title="Sommerfest", provider=cast.club)
    day = timezone.localdate() + timedelta(days=5)
    set_schedules(fest, ScheduleKind.DATES, [Schedule(first_date=day)])
    page = text_of(entered(cast.member).get(LIST))
    assert "1 läuft ohne Ihr Zutun" in page
    assert "endet bald" in row_of(page, "Sommerfest")


def test_a_blocked_offer_says_why_and_only_lets_write(cast, entered):  # noqa: F811
    offer = cast.public(title="Glücksspiel")
    editing.block(offer, by=cast.editor, reason="Das ist nicht erlaubt.")
    row = row_of(text_of(entered(cast.member).get(LIST)), "Glücksspiel")
    assert "„Das ist nicht erlaubt.“" in row
    assert ">Schreiben<" in row
    assert "/kontakt/schreiben/" in row
    assert "<button" not in row


def test_a_draft_says_what_it_lacks(cast, entered):  # noqa: F811
    offer = editing.start(cast.club, by=cast.member)
    change(offer, cast.member, title="Handy", summary="Wir helfen.")
    page = text_of(entered(cast.member).get(LIST))
    assert "Nur Sie und Ihr Team sehen es. Es fehlt noch: das Thema." in row_of(page, "Handy")


def test_filters_count_the_rest_of_the_selection_and_keep_zero(cast, entered):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    an_offer(title="Chor am Abend", provider=cast.club)
    old(an_offer(title="Chor am Morgen", provider=cast.club))
    cast.draft(title="Töpfern")
    client = entered(cast.member)
    every = counts(text_of(client.get(LIST)))
    assert every["Veröffentlicht"] == 2
    assert every["Entwurf"] == 1
    assert every["Pausiert"] == 0
    assert every["wartet auf Sie"] == 2
    chosen = text_of(client.get(LIST, {"zustand": "draft"}))
    assert "1 Angebot<" in chosen
    # Within a filter one is enough, so its other options count what they would add.
    assert counts(chosen)["Veröffentlicht"] == 2
    assert counts(chosen)["lange nicht geprüft"] == 0
    assert 'class="option option--none"' in chosen
    both = text_of(client.get(LIST, {"zustand": ["draft", "public"], "zu_tun": "pruefen"}))
    assert "1 Angebot<" in both
    assert ">Chor am Morgen<" in both
    sought = text_of(client.get(LIST, {"q": "chor"}))
    assert counts(sought) | {"Veröffentlicht": 2, "Entwurf": 0, "lange nicht geprüft": 1} == counts(sought)


def test_the_search_looks_at_titles_and_places(cast, entered):  # noqa: F811
    an_offer(title="Chor", provider=cast.club, places=[{"city": "Malstatt", "postcode": "66115"}])
    an_offer(title="Boule", provider=cast.club, places=[{"city": "Dudweiler"}])
    client = entered(cast.member)
    assert ">Chor<" in text_of(client.get(LIST, {"q": "malstatt chor"}))
    assert "1 Angebot<" in text_of(client.get(LIST, {"q": "66115"}))
    nothing = text_of(client.get(LIST, {"q": "Segeln"}))
    assert "Kein Angebot passt" in nothing
    assert "Filter aufheben" in nothing


@pytest.mark.parametrize(
    "query", ["seite=99", "seite=x", "zustand=was", "zu_tun=%00", "q=%00", "reihenfolge=x", "alle=2", "anbieter=1%27"]
)
def test_what_an_address_says_by_mistake_is_overlooked(cast, entered, query):  # noqa: F811
    an_offer(title="Chor", provider=cast.club)
    assert ">Chor<" in text_of(entered(cast.member).get(f"{LIST}?{query}"))


def test_orders_and_pages(cast, entered):  # noqa: F811
    soon, late = an_offer(title="Ärzte", provider=cast.club), an_offer(title="Zirkus", provider=cast.club)
    for offer, days in ((soon, 9), (late, 2)):
        day = timezone.localdate() + timedelta(days=days)
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day)])
    for number in range(28):
        an_offer(title=f"Kurs {number}", provider=cast.club)
    client = entered(cast.member)
    by_name = text_of(client.get(LIST, {"reihenfolge": "name"}))
    assert by_name.index(">Ärzte<") < by_name.index(">Kurs 0<") < by_name.index(">Kurs 2<")
    assert ">Zirkus<" not in by_name
    assert ">Zirkus<" in text_of(client.get(LIST, {"reihenfolge": "name", "seite": "2"}))
    by_date = text_of(client.get(LIST, {"reihenfolge": "termin"}))
    assert by_date.index(">Zirkus<") < by_date.index(">Ärzte<") < by_date.index(">Kurs 0<")


def test_views_of_the_last_month_are_told(cast, entered):  # noqa: F811
    offer, today = an_offer(title="Chor", provider=cast.club), timezone.localdate()
    for days, number in ((0, 3), (29, 4), (31, 100)):
        DailyOfferView.objects.create(offer_id=offer.pk, day=today - timedelta(days=days), count=number)
    assert "7-mal angesehen" in row_of(text_of(entered(cast.member).get(LIST)), "Chor")


def test_of_several_organisations_each_row_says_whose_it_is(cast, entered):  # noqa: F811
    Membership.objects.create(provider=cast.other_club, user=cast.member, role=Membership.Role.MEMBER)
    an_offer(title="Chor", provider=cast.club)
    an_offer(title="Boule", provider=cast.other_club)
    client = entered(cast.member)
    page = text_of(client.get(LIST))
    assert "Anderer Verein" in row_of(page, "Boule")
    assert counts(page)["Turnverein"] == 1
    only = text_of(client.get(LIST, {"anbieter": str(cast.other_club.pk)}))
    assert ">Boule<" in only
    assert ">Chor<" not in only


def test_nobody_sees_anothers_offers_in_list_file_or_bin(cast, entered):  # noqa: F811
    offer = an_offer(title="Geheim", provider=cast.other_club)
    lost = an_offer(title="Verloren", provider=cast.other_club)
    editing.trash(lost, by=cast.stranger)
    client = entered(cast.member)
    for address in (LIST, f"{LIST}?anbieter={cast.other_club.pk}", f"{LIST}papierkorb/", f"{LIST}liste.csv"):
        answer = client.get(address)
        assert b"Geheim" not in answer.content
        assert b"Verloren" not in answer.content
    assert offer.title.encode() in entered(cast.stranger).get(LIST).content


def test_the_first_offer_is_made_easy(cast, entered):  # noqa: F811
    page = text_of(entered(cast.member).get(LIST))
    assert "Hier stehen bald Ihre Angebote" in page
    assert 'href="/konto/angebote/neu/"' in page


def test_the_file_has_what_the_list_shows_on_every_page(cast, entered):  # noqa: F811
    for number in range(30):
        an_offer(title=f"Kurs {number:02}", provider=cast.club)
    an_offer(title="=1+1", provider=cast.club)
    cast.draft(title="Entwurf")
    client = entered(cast.member)
    answer = client.get(f"{LIST}liste.xlsx", {"zustand": "public", "reihenfolge": "name"})
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Titel", "Organisation", "Zustand")
    assert sorted(row[0] for row in rows[1:]) == sorted(["=1+1", *(f"Kurs {number:02}" for number in range(30))])
    assert load_workbook(BytesIO(answer.content)).active.cell(2, 1).data_type == "s"
    written = client.get(f"{LIST}liste.csv", {"q": "1+1"}).content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert [row[0] for row in table] == ["Titel", "'=1+1"]
    assert client.get(f"{LIST}liste.exe").status_code == 404


def fill(cast: Cast, number: int) -> None:  # noqa: F811
    """Offers of every condition, as many of each."""
    cast.rule(ApprovalRule.CHANGES)
    for at in range(number):
        weekly(an_offer(title=f"Woche {at}", provider=cast.club), until=timezone.now() + timedelta(days=9 + at))
        cast.draft(title=f"Neu {at}")
        editing.submit(cast.draft(title=f"Da {at}"), by=cast.member)
        changed = an_offer(title=f"Alt {at}", provider=cast.club, summary="x", categories=[cast.sport])
        change(changed, cast.member, summary="y")
        editing.submit(changed, by=cast.member)


@pytest.mark.parametrize("query", ["", "?zustand=draft&zustand=public&q=e&reihenfolge=termin"])
def test_the_list_asks_as_many_questions_for_two_as_for_many(cast, entered, query):  # noqa: F811
    client = entered(cast.member)
    numbers = []
    for more in (1, 14):
        fill(cast, more)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(f"{LIST}{query}"))
        # Preferences are remembered, but not in a transaction that has changed them.
        numbers.append(sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 30


def test_the_answer_is_promised_from_the_last_decisions(cast, entered, time_machine):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    for hour in range(5):
        time_machine.move_to(datetime(2026, 11, 24, 8 + hour, tzinfo=UTC))
        waiting = editing.submit(cast.draft(title=f"Vorher {hour}"), by=cast.member).revision
        time_machine.move_to(datetime(2026, 11, 26, 8 + hour, tzinfo=UTC))
        editing.approve(waiting, by=cast.editor, version=1)
    time_machine.move_to(datetime(2026, 11, 27, 10, tzinfo=UTC))
    editing.submit(cast.draft(title="Mittagstisch"), by=cast.member)
    row = row_of(text_of(entered(cast.member).get(LIST)), "Mittagstisch")
    assert "Die Antwort kommt meist innerhalb von 2 Werktagen, also bis Dienstag, 1. Dezember." in row


@pytest.mark.parametrize("address", ["/konto/angebote/", "/konto/angebote/neu/", "/konto/angebote/neu/webseite/",
                                     "/konto/angebote/neu/flyer/", "/konto/angebote/aktuell/", "/konto/import/",
                                     "/konto/import/kalender/"])  # fmt: skip
def test_the_bar_says_whose_area_it_is(cast, entered, address):  # noqa: F811
    def bar():
        page = text_of(entered(cast.member).get(address))
        return page.partition('class="accountbar__who">')[2].partition("</p>")[0]

    assert "<span>Turnverein</span>" in bar()
    assert "wechseln" not in bar()
    Membership.objects.create(provider=cast.other_club, user=cast.member, role=Membership.Role.MEMBER)
    assert "Turnverein" not in bar()
    assert 'href="/konto/anbieter/">wechseln' in bar()
