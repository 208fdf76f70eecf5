"""What became of each mail, for those who have to know; and what is done where an address works no longer."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage, Unreachable
from mail.services import post_kind
from mail.upkeep import forget_old_mail
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.factories import a_provider

LOG, ADDRESSES = "/redaktion/mails/versand/", "/redaktion/mails/adressen/"


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


def mail(to: str, **fields) -> OutboxMessage:
    message = post_kind("people_signed_out", to=to, values={"link": "https://geheimer-link.example/"})
    OutboxMessage.objects.filter(pk=message.pk).update(**fields)
    return message


@pytest.fixture
def four(ahausen) -> dict[str, OutboxMessage]:
    now = timezone.now()
    with inside(ahausen):
        return {
            "refused": mail(
                "ab@v.example", state="failed", failed_at=now, last_error="550 5.7.1 =SUMME(1)", attempts=1
            ),
            "bounced": mail("zu@v.example", state="sent", sent_at=now, bounced_at=now, bounce="550 5.1.1 User unknown"),
            "waiting": mail("wa@v.example", attempts=2, last_error="450 later", next_try_at=now + timedelta(minutes=5)),
            "sent": mail("da@v.example", state="sent", sent_at=now),
        }


def test_each_mail_says_what_became_of_it_in_the_servers_own_words(editor, four):
    page = editor.get(LOG).content.decode()
    for words in (
        "4 Mails",
        "550 5.7.1",
        "550 5.1.1 User unknown",
        "450 later",
        "nächster Versuch",
        "Überall abgemeldet",
    ):
        assert words in page
    assert "geheimer-link" not in page, "whoever reads a mail with such a link could take the account"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stand=abgelehnt", ["ab@v.example"]),
        ("stand=zurueck", ["zu@v.example"]),
        ("stand=wartend", ["wa@v.example"]),
        ("stand=gesendet", ["da@v.example"]),
        ("q=wa@v", ["wa@v.example"]),
        ("art=invitation", []),
        ("art=people_signed_out&stand=zurueck&stand=gesendet", ["da@v.example", "zu@v.example"]),
    ],
)
def test_mails_are_found_by_what_became_of_them(editor, four, query, found):
    page = editor.get(f"{LOG}?{query}").content.decode()
    assert [each for each in ("ab", "da", "wa", "zu") if f"{each}@v.example</bdi>" in page] == [
        each[:2] for each in found
    ]


def test_the_log_as_a_table_runs_no_formula(editor, four):
    book = openpyxl.load_workbook(BytesIO(editor.get(f"{LOG}liste.xlsx").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == 5
    assert "zu@v.example" in {row[1] for row in rows}
    assert "geheimer-link" not in str(rows)
    assert editor.get(f"{LOG}liste.csv").status_code == 200
    assert editor.get(f"{LOG}liste.exe").status_code == 404


def test_many_mails_cost_as_much_as_a_few(editor, four, ahausen):
    numbers = []
    for more in (0, 60):
        with inside(ahausen):
            for n in range(more):
                mail(f"viele{n}@v.example")
        editor.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            editor.get(LOG)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_an_address_that_is_gone_stands_on_the_desk_with_whose_it_is(editor, ahausen):
    with inside(ahausen):
        provider = a_provider(name="Chor", email="gone@chor.example")
        row = Unreachable.objects.create(address="gone@chor.example", said="550 5.1.1 unknown", held_back=3)
    assert "gone@chor.example" in editor.get("/redaktion/").content.decode()
    page = editor.get(ADDRESSES).content.decode()
    for words in (provider.name, "550 5.1.1 unknown", "3 Erinnerungen zurückgehalten"):
        assert words in page
    at = f"{ADDRESSES}{row.pk}/geht-wieder/"
    assert editor.get(at).status_code == 405
    assert editor.post(at).url == ADDRESSES
    assert editor.post(at).status_code == 404
    with inside(ahausen):
        assert not Unreachable.objects.exists()
        assert Entry.objects.filter(action="mail.address_works").count() == 1
    assert "Alle Adressen funktionieren" in editor.get(ADDRESSES).content.decode()


def test_whoever_keeps_an_organisation_sees_whose_address_works_no_longer(ahausen, signed_in):
    provider = signed_in(ahausen, Role.PROVIDER)
    assert "kommen zurück" not in provider.get("/konto/").content.decode()
    with inside(ahausen):
        me = User.objects.get(email="provider@ahausen.example")
        Unreachable.objects.create(address=me.email)
        Unreachable.objects.create(address="somebody.else@example.org")
    page = provider.get("/konto/").content.decode()
    assert "Mails an Ihre Adresse kommen zurück" in page
    assert "somebody.else" not in page


def test_the_rooms_of_others_stay_closed(ahausen, signed_in, four):
    provider = signed_in(ahausen, Role.PROVIDER)
    for path in ("/redaktion/mails/", LOG, f"{LOG}liste.csv", ADDRESSES):
        assert provider.get(path).status_code == 404


def test_the_log_is_kept_as_long_as_the_town_says(ahausen):
    now = timezone.now()
    with inside(ahausen):
        Preferences.load()
        old, young = mail("alt@v.example"), mail("neu@v.example")
        OutboxMessage.objects.filter(pk=old.pk).update(state="sent", sent_at=now, created_at=now - timedelta(days=20))
        OutboxMessage.objects.filter(pk=young.pk).update(state="sent", sent_at=now, created_at=now - timedelta(days=9))
        Unreachable.objects.create(address="a@v.example")
        Unreachable.objects.create(address="b@v.example")
        Unreachable.objects.filter(address="a@v.example").update(since=now - timedelta(days=400))
        forget_old_mail()
        assert OutboxMessage.objects.count() == 2
        Preferences.objects.update(mail_log_days=14)
        forget_old_mail()
        assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["neu@v.example"]
        assert list(Unreachable.objects.values_list("address", flat=True)) == ["b@v.example"]


def test_an_optional_mail_goes_out_only_where_it_is_wanted(editor, ahausen, bedorf):
    at = "/redaktion/mails/texte/offer_waiting/"
    values = {"title": "Yoga", "organisation": "Chor", "link": "https://x.example/"}

    def written(town) -> bool:
        with inside(town):
            return post_kind("offer_waiting", to="amt@x.example", values=values) is not None

    assert "wird nicht verschickt" in editor.get("/redaktion/mails/?q=wartet").content.decode()
    assert not written(ahausen)
    for _twice in range(2):
        assert editor.post(f"{at}versenden/", {"versenden": "ja"}).url == at
    assert written(ahausen)
    assert not written(bedorf)
    with inside(ahausen):
        assert Entry.objects.filter(action="mail_text.choice").count() == 1
    editor.post(f"{at}versenden/", {"versenden": "nein"})
    assert not written(ahausen)
    # What nobody can do without is not asked for.
    assert editor.post("/redaktion/mails/texte/invitation/versenden/").status_code == 404
