"""What the organisation hands in, the editors find, decide on, and tell by mail; residents see what was approved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from portal.offers import editing
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast, change  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def editors(cast: Cast, visitor):  # noqa: F811
    client = visitor("ahausen")
    client.force_login(cast.editor, backend=BACKEND)
    return client


@pytest.fixture
def member(cast: Cast, visitor):  # noqa: F811
    client = visitor("ahausen")
    client.force_login(cast.member, backend=BACKEND)
    return client


def handed_in(cast: Cast, title: str = "Yoga am Morgen") -> Revision:  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft(title=title)
    editing.submit(offer, by=cast.member)
    return editing.waiting_for(offer)


def test_approved_it_is_public_and_the_people_hear_of_it(cast, editors, visitor):  # noqa: F811
    waiting = handed_in(cast)
    assert "Yoga am Morgen" in editors.get("/redaktion/pruefen/").content.decode()
    page = editors.get(f"/redaktion/pruefen/{waiting.pk}/").content.decode()
    assert "Turnverein" in page
    # All of it, not only what differs from the draft that nobody sees.
    text = page[page.index("Was darin steht") : page.index("Entscheiden</h2>")]
    for said in ("Yoga am Morgen", "Ganz neu.", "Sport"):
        assert said in text
    preview = editors.get(f"/redaktion/pruefen/{waiting.pk}/vorschau/").content.decode()
    assert "Yoga am Morgen" in preview
    assert f"/redaktion/pruefen/{waiting.pk}/" in preview
    assert b"Yoga am Morgen" not in visitor("ahausen").get("/angebote/").content

    answer = editors.post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": waiting.version})

    assert answer.url.split("?")[0] == "/redaktion/pruefen/"
    assert b"Yoga am Morgen" in visitor("ahausen").get("/angebote/").content
    mails = OutboxMessage.objects.filter(subject="„Yoga am Morgen“ ist jetzt öffentlich")
    assert sorted(mails.values_list("to", flat=True)) == ["administrator@verein.example", "member@verein.example"]
    assert set(mails.values_list("reply_to", flat=True)) == {cast.editor.email}
    link = Offer.objects.get(title="Yoga am Morgen").get_absolute_url()
    assert link in mails[0].body


def test_given_back_it_stays_hidden_and_says_why(cast, editors, member, visitor):  # noqa: F811
    waiting = handed_in(cast)
    address = f"/redaktion/pruefen/{waiting.pk}/zurueckgeben/"

    without = editors.post(address, {"version": waiting.version, "grund": "  "})
    assert without.status_code == 400
    assert Offer.objects.get(title="Yoga am Morgen").state == State.SUBMITTED
    assert not OutboxMessage.objects.exists()

    editors.post(address, {"version": waiting.version, "grund": "Bitte noch die Kosten nennen."})
    assert Offer.objects.get(title="Yoga am Morgen").state == State.RETURNED
    assert b"Yoga am Morgen" not in visitor("ahausen").get("/angebote/").content
    mail = OutboxMessage.objects.get(to="member@verein.example")
    assert "Bitte noch die Kosten nennen." in mail.body
    assert mail.reply_to == cast.editor.email
    own = member.get("/konto/angebote/").content.decode()
    assert "Bitte noch die Kosten nennen." in own
    assert "Ergänzen" in own


def test_a_change_waits_while_the_old_text_stays(cast, editors, visitor):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public(title="Töpfern")
    change(offer, cast.member, title="Töpfern für alle")
    editing.submit(offer, by=cast.member)
    waiting = editing.waiting_for(offer)
    assert b"<ins>" in editors.get(f"/redaktion/pruefen/{waiting.pk}/").content
    assert "Töpfern für alle" not in visitor("ahausen").get("/angebote/").content.decode()

    editors.post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": waiting.version})

    assert "Töpfern für alle" in visitor("ahausen").get("/angebote/").content.decode()


def test_whoever_comes_second_changes_nothing(cast, editors):  # noqa: F811
    waiting = handed_in(cast)
    address = f"/redaktion/pruefen/{waiting.pk}/"
    editors.post(f"{address}zurueckgeben/", {"version": waiting.version, "grund": "Kosten fehlen."})

    second = editors.post(f"{address}freigeben/", {"version": waiting.version})

    assert second.status_code == 409
    assert cast.editor.name in second.content.decode()
    assert Offer.objects.get(title="Yoga am Morgen").state == State.RETURNED
    assert editors.get(address).status_code == 409


def test_what_moved_since_it_was_read_is_not_approved(cast, editors):  # noqa: F811
    waiting = handed_in(cast)
    for junk in ("", "-1", "x", "9" * 40, str(waiting.version + 1)):
        answer = editors.post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": junk})
        assert answer.status_code == 409
        assert "Es gibt eine neuere Fassung" in answer.content.decode()
    assert Offer.objects.get(title="Yoga am Morgen").state == State.SUBMITTED


def test_after_a_decision_comes_the_next(cast, editors):  # noqa: F811
    first, second = handed_in(cast, "Erstes"), handed_in(cast, "Zweites")
    answer = editors.post(f"/redaktion/pruefen/{first.pk}/freigeben/", {"version": first.version})
    assert answer.url.split("?")[0] == f"/redaktion/pruefen/{second.pk}/"


def test_what_waited_before_there_were_revisions_is_counted_and_listed(cast, editors):  # noqa: F811
    an_offer(title="Alter Kurs", provider=cast.club, state=State.SUBMITTED, published_at=None)
    assert "1 Aufgabe wartet," in editors.get("/redaktion/").content.decode()
    assert "Alter Kurs" in editors.get("/redaktion/pruefen/").content.decode()
    assert "1 Aufgabe wartet," in editors.get("/redaktion/").content.decode()


def test_the_desk_counts_what_waits(cast, editors):  # noqa: F811
    handed_in(cast)
    assert "1 Aufgabe wartet," in editors.get("/redaktion/").content.decode()


def test_the_list_shows_ones_own_offers_and_nobody_elses(cast, member):  # noqa: F811
    cast.public(title="Unser Kurs")
    an_offer(title="Fremder Kurs", provider=cast.other_club)
    page = member.get("/konto/angebote/").content.decode()
    assert "Unser Kurs" in page
    assert "Fremder Kurs" not in page
    assert "Kein Angebot passt" in member.get("/konto/angebote/?q=Fremder").content.decode()


def test_an_empty_list_says_what_to_do(cast, member):  # noqa: F811
    page = member.get("/konto/angebote/").content.decode()
    assert "Hier stehen bald Ihre Angebote" in page
    assert 'href="/konto/angebote/neu/"' in page


def test_the_list_asks_the_same_few_questions_however_long_it_is(cast, member):  # noqa: F811
    def drafts(first: int, last: int) -> None:
        Offer.objects.bulk_create(
            Offer(provider=cast.club, title=f"Kurs {number}", slug=f"kurs-{number}", state=State.DRAFT)
            for number in range(first, last)
        )

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = member.get("/konto/angebote/").content.decode()
        assert page.count('class="own"') == 25
        # Preferences are remembered, but not in a transaction that has changed them.
        return sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries)

    drafts(0, 30)
    member.get("/konto/angebote/")
    few = statements()
    drafts(30, 2000)
    assert statements() == few
    # What drafts lack takes seven statements, what was proposed for them one.
    assert few <= 29


def test_the_roles_of_the_town_hall_have_no_offers_of_their_own(signed_in, ahausen):
    assert signed_in(ahausen, Role.PLANNER).get("/konto/angebote/").status_code == 404


def test_an_offer_whose_dates_cannot_be_worked_out_is_shown_to_its_people_and_the_editors(cast, editors, member):  # noqa: F811
    sentence = "Bitte geben Sie die Termine neu ein."
    bad, well = cast.public(title="Schachtreff"), cast.public(title="Turnen")
    assert sentence not in member.get("/konto/angebote/").content.decode()
    assert "Schachtreff" not in editors.get("/redaktion/pruefen/").content.decode()
    Offer.objects.filter(pk=bad.pk).update(dates_problem="RuleError: RRULE …")

    own = member.get("/konto/angebote/").content.decode()
    assert own.count(sentence) == 1
    assert own.index("Schachtreff") < own.index(sentence)
    page = editors.get("/redaktion/pruefen/").content.decode()
    listed = page[page.index("Angebote ohne weitere Termine") :]
    assert bad.get_absolute_url() in listed
    assert "Turnverein" in listed
    assert "Turnen" not in listed
    assert "RuleError" not in own + page
    assert "1 Aufgabe wartet," in editors.get("/redaktion/").content.decode()

    # What is put away needs no dates.
    editing.archive(bad, by=cast.editor)
    assert sentence not in member.get("/konto/angebote/").content.decode()
    assert "Angebote ohne weitere Termine" not in editors.get("/redaktion/pruefen/").content.decode()
    assert Offer.objects.filter(pk=well.pk, dates_problem="").exists()


def test_with_new_dates_the_problem_is_gone_at_once(cast, editors):  # noqa: F811
    offer = cast.public(title="Schachtreff")
    Offer.objects.filter(pk=offer.pk).update(dates_problem="RuleError: RRULE …")
    offer.refresh_from_db()
    set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=timezone.localdate())])
    offer.refresh_from_db()
    assert offer.dates_problem == ""
    assert "Angebote ohne weitere Termine" not in editors.get("/redaktion/pruefen/").content.decode()
