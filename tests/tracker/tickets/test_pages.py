"""The page of a ticket on both hosts: who sees and may do what, and where it leads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.tickets import sections, services
from tracker.tickets.models import Comment, Concern, Participant, State, Ticket, Watch
from tracker.tickets.participating import participant_of

MINE, OPERATED = "/plattform/meldungen/", "/betrieb/tickets/"


@pytest.fixture
def ticket(ahausen):
    return services.report(by=editor_of(ahausen), kind="wish", title="Kalender übernehmen", happened="Alles doppelt")


def test_both_hosts_show_the_same_ticket_each_in_its_frame(ahausen, bedorf, ticket, signed_in):
    theirs = signed_in(bedorf, Role.PLANNER).get(f"{MINE}{ticket.pk}/").content.decode()
    operators = signed_in(None, Role.OPERATOR).get(f"{OPERATED}{ticket.pk}/").content.decode()
    for page in (theirs, operators):
        assert "<h1>Kalender übernehmen</h1>" in page
        assert "Alles doppelt" in page
        assert "Redaktion Ahausen" in page
    assert "Stand setzen" in operators
    assert "Stand setzen" not in theirs
    assert "Betrifft uns auch" in theirs


def test_it_concerns_us_too_and_not_after_all(ahausen, bedorf, ticket, signed_in):
    editor = signed_in(bedorf, Role.EDITOR)
    for _again in range(2):
        assert editor.post(f"{MINE}{ticket.pk}/auch/", {"auch": "ja"}).url == f"{MINE}{ticket.pk}/#auch"
    assert Concern.objects.count() == 2
    page = editor.get(f"{MINE}{ticket.pk}/").content.decode()
    assert "<b>2 von 2</b> Kommunen" in page
    editor.post(f"{MINE}{ticket.pk}/auch/", {"auch": "nein"})
    assert Concern.objects.get().participant == participant_of(ahausen)


def test_following_and_following_no_longer(bedorf, ticket, signed_in):
    editor = signed_in(bedorf, Role.EDITOR)
    editor.post(f"{MINE}{ticket.pk}/folgen/", {"folgen": "ja"})
    assert Watch.objects.filter(participant=participant_of(bedorf)).count() == 1
    assert "Nicht mehr folgen" in editor.get(f"{MINE}{ticket.pk}/").content.decode()
    editor.post(f"{MINE}{ticket.pk}/folgen/", {"folgen": "nein"})
    assert not Watch.objects.filter(participant=participant_of(bedorf)).exists()


def test_the_operator_answers_each_municipality_in_its_own_box(ahausen, bedorf, ticket, signed_in):
    signed_in(ahausen, Role.EDITOR).post(f"{MINE}{ticket.pk}/notiz/", {"text": "Kostenstelle 4"})
    signed_in(bedorf, Role.EDITOR).post(f"{MINE}{ticket.pk}/notiz/", {"text": "Unsere Sorge"})
    operator = signed_in(None, Role.OPERATOR)
    page = operator.get(f"{OPERATED}{ticket.pk}/").content.decode()
    for words in ("Intern: nur Stadt Ahausen und der Betrieb", "Kostenstelle 4", "Gemeinde Bedorf", "Unsere Sorge"):
        assert words in page
    operator.post(f"{OPERATED}{ticket.pk}/notiz/", {"text": "Notiert", "about": participant_of(bedorf).pk})
    assert Comment.objects.get(text="Notiert").about == participant_of(bedorf)
    assert operator.post(f"{OPERATED}{ticket.pk}/notiz/", {"text": "Wem?", "about": "0"}).status_code == 404
    # A municipality cannot write into another one's box.
    signed_in(bedorf, Role.ADMIN).post(
        f"{MINE}{ticket.pk}/notiz/", {"text": "Meins", "about": participant_of(ahausen).pk}
    )
    assert Comment.objects.get(text="Meins").about == participant_of(bedorf)


def test_the_operator_declines_with_a_reason_that_all_read(bedorf, ticket, signed_in):
    operator = signed_in(None, Role.OPERATOR)
    address = f"{OPERATED}{ticket.pk}/stand/"
    refused = operator.post(address, {"state": "declined", "reason": " "})
    assert refused.status_code == 400
    assert "warum abgelehnt wird" in refused.content.decode()
    assert operator.post(address, {"state": "unheard"}).status_code == 400
    operator.post(address, {"state": "declined", "reason": "Mit Filtern schon möglich"})
    page = signed_in(bedorf, Role.EDITOR).get(f"{MINE}{ticket.pk}/").content.decode()
    assert "„Mit Filtern schon möglich“" in page


def test_the_old_address_leads_on_and_a_provider_learns_what_became_of_theirs(ahausen, ticket, signed_in):
    provider = signed_in(ahausen, Role.PROVIDER)
    answer = provider.post("/plattform/melden/", {"kind": "wish", "title": "Termine holen", "weiter": "1", "page": ""})
    provider.post(answer.url, {})
    theirs = Ticket.objects.get(by_provider=True)
    operator = signed_in(None, Role.OPERATOR)
    shown = operator.get(f"{OPERATED}{theirs.pk}/zusammenfuehren/", {"target": ticket.reference}).content.decode()
    assert "Termine holen" in shown
    assert "Kalender übernehmen" in shown
    assert not Ticket.objects.exclude(merged_into=None).exists()
    done = operator.post(f"{OPERATED}{theirs.pk}/zusammenfuehren/", {"target": f" {ticket.pk} "}, follow=True)
    assert "Mitgekommen: 1 „betrifft uns auch“." in done.content.decode()
    assert signed_in(ahausen, Role.EDITOR).get(f"{MINE}{theirs.pk}/").url == f"{MINE}{ticket.pk}/"
    assert operator.get(f"{OPERATED}{theirs.pk}/").url == f"{OPERATED}{ticket.pk}/"
    page = provider.get(f"{MINE}{theirs.pk}/").content.decode()
    assert "zusammengeführt" in page
    assert "Kalender übernehmen" not in page


@pytest.mark.parametrize("target", ["", "x", "T-0", "T-99999999", "99999999999999999999"])
def test_a_merge_into_nothing_or_itself_is_refused_at_the_field(ticket, signed_in, target):
    operator = signed_in(None, Role.OPERATOR)
    for given in (target, ticket.reference):
        answer = operator.post(f"{OPERATED}{ticket.pk}/zusammenfuehren/", {"target": given})
        assert answer.status_code == 400
        assert 'class="field field--error"' in answer.content.decode()


def test_a_text_is_taken_back_by_its_municipality_and_the_operator_alone(ahausen, bedorf, ticket, signed_in):
    said = services.comment(ticket, "Voreilig gesagt", by=editor_of(bedorf))
    address = f"{MINE}{ticket.pk}/kommentar/{said.pk}/zurueck/"
    assert signed_in(ahausen, Role.EDITOR).post(address).status_code == 404
    assert signed_in(bedorf, Role.EDITOR).post(address).status_code == 302
    page = signed_in(ahausen, Role.ADMIN).get(f"{MINE}{ticket.pk}/").content.decode()
    assert "Voreilig gesagt" not in page
    assert "Dieser Text wurde zurückgenommen." in page


def test_the_shared_texts_are_changed_by_who_reported_and_found_anew(ahausen, bedorf, ticket, signed_in):
    texts = {"title": "Termine holen", "happened": "x", "expected": ""}
    assert signed_in(bedorf, Role.EDITOR).post(f"{MINE}{ticket.pk}/text/", texts).status_code == 404
    editor = signed_in(ahausen, Role.EDITOR)
    assert editor.get(f"{MINE}{ticket.pk}/text/").status_code == 200
    assert editor.post(f"{MINE}{ticket.pk}/text/", {**texts, "title": ""}).status_code == 400
    assert editor.post(f"{MINE}{ticket.pk}/text/", texts).url == f"{MINE}{ticket.pk}/"
    found = signed_in(bedorf, Role.ADMIN).get("/plattform/melden/aehnlich/?title=Termin+holen").content.decode()
    assert "Termine holen" in found


def test_a_municipality_chooses_the_name_that_others_see(ahausen, bedorf, ticket, signed_in):
    admin = signed_in(ahausen, Role.ADMIN)
    address = f"{MINE}unsere-kommune/"
    assert admin.post(address, {"shown_name": "", "inhabitants": ""}).status_code == 400
    admin.post(address, {"shown_name": "Bildungsbüro Ahausen", "inhabitants": "40231"})
    assert participant_of(ahausen).inhabitants == 40231
    page = signed_in(bedorf, Role.EDITOR).get(f"{MINE}{ticket.pk}/").content.decode()
    assert "Bildungsbüro Ahausen" in page
    assert "Redaktion Ahausen" not in page


def test_what_is_rolled_out_is_opened_again_with_a_word(ahausen, bedorf, ticket, signed_in):
    editor = signed_in(bedorf, Role.EDITOR)
    early = editor.post(f"{MINE}{ticket.pk}/wieder-oeffnen/", {"text": "Geht nicht"}, follow=True)
    assert "Diese Meldung ist offen." in early.content.decode()
    services.change_state(ticket, State.ROLLED_OUT, by=OPERATOR)
    assert "Wieder öffnen" in editor.get(f"{MINE}{ticket.pk}/").content.decode()
    assert editor.post(f"{MINE}{ticket.pk}/wieder-oeffnen/", {"text": ""}).status_code == 400
    editor.post(f"{MINE}{ticket.pk}/wieder-oeffnen/", {"text": "Geht bei uns nicht"})
    assert Ticket.objects.get().state == State.CONFIRMED


def test_rooms_above_add_parts_of_the_page(ahausen, ticket, signed_in, monkeypatch):
    monkeypatch.setattr(sections, "_sections", [])
    monkeypatch.setattr(sections, "_facts", [])
    sections.register(
        sections.Section("probe", "Probe", "tickets/_along.html", lambda one, viewer: {}, count=lambda context: "7")
    )
    sections.register(sections.Section("leer", "Leer", "tickets/_along.html", lambda one, viewer: None))
    sections.register_facts(lambda one, viewer: [("Version", "27.1", "")])
    page = signed_in(ahausen, Role.EDITOR).get(f"{MINE}{ticket.pk}/").content.decode()
    assert 'href="#probe">Probe · 7</a>' in page
    assert "#leer" not in page
    assert "<dd>27.1</dd>" in page


def test_a_page_asks_as_many_questions_with_many_comments_as_with_one(ahausen, bedorf, ticket, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert editor.get(f"{MINE}{ticket.pk}/").status_code == 200
        return len(questions)

    services.comment(ticket, "Eins", by=editor_of(bedorf))
    services.comment(ticket, "Intern", by=editor_of(ahausen), about=participant_of(ahausen))
    asked()
    before = asked()
    for number in range(20):
        services.comment(ticket, f"Nummer {number}", by=(editor_of(bedorf), editor_of(ahausen))[number % 2])
        services.comment(ticket, f"Intern {number}", by=OPERATOR, about=participant_of(ahausen))
    assert asked() <= before


def test_own_reports_are_those_of_the_municipality_and_for_a_provider_their_own(ahausen, bedorf, ticket, signed_in):
    services.report(by=provider_of(ahausen, person=987654), kind="bug", title="Vom Verein")
    services.report(by=editor_of(bedorf), kind="bug", title="Von nebenan")
    page = signed_in(ahausen, Role.EDITOR).get(MINE).content.decode()
    assert "Kalender übernehmen" in page
    assert "Vom Verein" in page
    assert "Von nebenan" not in page
    provider = signed_in(ahausen, Role.PROVIDER).get(MINE).content.decode()
    assert "Vom Verein" not in provider
    assert "Kalender übernehmen" not in provider


def test_a_new_name_of_a_municipality_is_shown_at_once(ahausen):
    assert participant_of(ahausen).town == "Stadt Ahausen"
    ahausen.name = "Stadt Neuhausen"
    assert participant_of(ahausen).town == "Stadt Neuhausen"
    assert Participant.objects.filter(name="Stadt Neuhausen").count() == 1
