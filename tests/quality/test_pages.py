"""The pages of the room: what they say, a fixed number of statements, what is done by their buttons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from portal.offers.models import Offer
from portal.quality.doubles.finding import find_doubles
from portal.quality.models import Goals, Link, LinkPlace, Night
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

AT = "/redaktion/qualitaet/"
PAGES = ("", "angebote/", "angebote/?mangel=unvollstaendig&mangel=links", "anbieter/", "links/", "doppelt/",
         "erinnern/unvollstaendig/", "erinnern/links/", "ziele/")  # fmt: skip


@pytest.fixture
def editor(ahausen, visitor, person):
    user = person(ahausen, Role.EDITOR)
    client = visitor("ahausen")
    with inside(ahausen):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(number: int, *, start: int = 0) -> None:
    """So many of everything, each with all that can be wrong."""
    now = timezone.now()
    for at in range(start, start + number):
        club = a_provider(
            name=f"Verein {at} im Viertel", email="post@x.example", published_at=now - timedelta(days=500)
        )
        word = chr(97 + at % 26) * (at // 26 + 3)
        for _twice in range(2):
            offer = an_offer(provider=club, title=f"Nähcafé {word}")
        link = Link.objects.create(
            url=f"https://weg{at}.example/", verdict="broken", cause="not_found", failed_since=now, checked_at=now,
            due_at=now,
        )  # fmt: skip
        LinkPlace.objects.create(link=link, kind="offer", subject_id=offer.pk)
        LinkPlace.objects.create(link=link, kind="provider", subject_id=club.pk)
    find_doubles()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_many_questions_for_two_as_for_sixty(ahausen, editor, page):
    numbers = []
    for start, more in ((0, 2), (2, 58)):
        with inside(ahausen):
            fill(more, start=start)
        editor.get(f"{AT}{page}")
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(f"{AT}{page}").status_code == 200
        numbers.append(sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[1]
    # The pages that remind show the mail itself, in the look of the town.
    assert numbers[1] <= (36 if "erinnern" in page else 30)


def test_the_board_begins_with_what_is_worth_doing_and_its_numbers_are_those_of_the_lists(ahausen, editor):
    with inside(ahausen):
        fill(3)
        Offer.objects.filter(title__contains="aaa").update(
            reviewed_at=timezone.localdate() - timedelta(days=200), accessibility="yes"
        )
        Night.objects.create(
            day=timezone.localdate() - timedelta(days=91),
            numbers={"offers": 10, "providers": 3, "silent": 0, "ungeprueft": 1, "barrierefreiheit": 10},
        )
    page = editor.get(AT).content.decode()
    assert page.index("Das lohnt sich heute") < page.index("Woran es liegt")
    assert "1 Anbieter erinnern" in page
    assert "3 kaputte Links" in page
    assert "3 stille Anbieter" in page
    assert "<b>6 Angebote,</b>" in page
    # Four of six were checked: 66 %, before 90 %.
    assert "66 Prozent, Ziel 85 Prozent" in page
    assert "<b>− 24</b> Punkte" in page
    assert "<b>+ 33</b> Punkte" in page
    for lack, number in (("ungeprueft", 2), ("unvollstaendig", 6), ("ohne-bild", 6), ("barrierefreiheit", 4)):
        assert f'<a href="{AT}angebote/?mangel={lack}">{number} ansehen' in page
        shown = editor.get(f"{AT}angebote/", {"mangel": lack}).content.decode()
        assert f'<h2 id="treffer">{number} Angebote</h2>' in shown
        assert shown.count('<li class="own ') == number
    assert '<h2 id="treffer">3 Anbieter</h2>' in editor.get(f"{AT}anbieter/").content.decode()
    assert '<h2 id="treffer">3 Links</h2>' in editor.get(f"{AT}links/?stand=kaputt").content.decode()


def test_an_empty_portal_has_a_board_too(ahausen, editor):
    page = editor.get(AT).content.decode()
    assert "Noch gibt es nichts zu prüfen." in page
    for each in PAGES:
        assert editor.get(f"{AT}{each}").status_code == 200


def test_goals_are_kept_checked_and_noted(ahausen, editor):
    goals = {"checked": 50, "complete": 0, "pictured": 100, "accessibility": 1, "readable": 2, "heard": 3}
    assert editor.post(f"{AT}ziele/", goals).status_code == 302
    with inside(ahausen):
        assert Goals.objects.get().checked == 50
        assert Entry.objects.get(action="quality.goals").changes["checked"] == [85, 50]
    editor.post(f"{AT}ziele/", goals)
    with inside(ahausen):
        assert Entry.objects.filter(action="quality.goals").count() == 1
    for wrong in (101, -1, "", "viel", "9" * 40):
        assert editor.post(f"{AT}ziele/", goals | {"checked": wrong}).status_code == 400
    with inside(ahausen):
        assert Goals.objects.get().checked == 50


def test_a_link_is_looked_at_again_at_most_once_an_hour_and_can_be_called_all_right(ahausen, editor):
    now = timezone.now()
    with inside(ahausen):
        link = Link.objects.create(
            url="https://weg.example/x", verdict="broken", cause="gone", failed_since=now,
            due_at=now + timedelta(days=5), checked_at=now - timedelta(hours=2),
        )  # fmt: skip
        LinkPlace.objects.create(link=link, kind="offer", subject_id=an_offer().pk)
    page = editor.get(f"{AT}links/").content.decode()
    assert "Die Seite wurde für immer entfernt (410)" in page
    back = f"{AT}links/?stand=kaputt"
    answer = editor.post(f"{AT}links/{link.pk}/in-ordnung/", {"zurueck": back})
    assert answer.url == back
    editor.post(f"{AT}links/{link.pk}/in-ordnung/", {"zurueck": "//boese.example/"})
    with inside(ahausen):
        assert Link.objects.broken().count() == 0
        assert Link.objects.get().ignored_until > now + timedelta(days=80)
        assert Entry.objects.filter(action="quality.link_accepted").count() == 1
    assert "0 Links" in editor.get(back).content.decode() or "Nichts passt" in editor.get(back).content.decode()
    again = f"{AT}links/{link.pk}/pruefen/"
    assert editor.post(again, {"zurueck": "https://boese.example/"}).url == f"{AT}links/"
    with inside(ahausen):
        due = Link.objects.get()
        assert due.ignored_until is None
        assert due.due_at < timezone.now() + timedelta(seconds=5)
        Link.objects.update(checked_at=timezone.now(), due_at=now + timedelta(days=7))
    assert "in der letzten Stunde" in editor.post(again, follow=True).content.decode()
    with inside(ahausen):
        assert Link.objects.get().due_at > now + timedelta(days=6)


@pytest.mark.parametrize("name", ["angebote", "anbieter", "links"])
@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_lists_are_files_too(ahausen, editor, name, kind):
    with inside(ahausen):
        fill(2)
    answer = editor.get(f"{AT}{name}/liste.{kind}")
    assert answer.status_code == (404 if kind == "pdf" else 200)
    if kind == "csv":
        rows = answer.content.decode("utf-8-sig").strip().split("\r\n")
        assert len(rows) == {"angebote": 5, "anbieter": 3, "links": 3}[name]


@pytest.mark.parametrize("query", ["?mangel=x", "?seite=99", "?q=%00%27", "?q=" + "ü" * 300, "?reihenfolge=x"])
@pytest.mark.parametrize("name", ["angebote/", "anbieter/", "links/"])
def test_odd_addresses_show_the_list(ahausen, editor, name, query):
    with inside(ahausen):
        fill(1)
    assert editor.get(f"{AT}{name}{query}").status_code == 200
