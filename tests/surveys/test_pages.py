"""The pages: asking, answering, getting there, reading what came out."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from core.access import Role
from portal.feedback.spam import new_token
from portal.pages.models import Page
from portal.planning.models import FigureNote
from portal.surveys import editing
from portal.surveys.models import Access, FreeText, Kind, State, Survey, Tally, WeekTally
from portal.surveys.views import public
from portal.taxonomy.models import District
from portal.translation.models import LanguageSettings, Translation
from portal.translation.sources import source_of
from portal.translation.texts import hash_of
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.people.cast import a_providers, act, an_account, enter
from tests.surveys.town import a_survey, answered, over

AT = "/auswertung/umfragen/"


@pytest.fixture
def planner(ahausen, signed_in):
    return signed_in(ahausen, Role.PLANNER)


def fresh():
    """The signed time of a page that was opened a minute ago."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        return new_token()


def form_of(survey, *values, **more):
    """What a browser sends."""
    sent = {f"f{each.pk}": value for each, value in zip(survey.questions.all(), values, strict=True) if value != ""}
    return sent | {"zeit": fresh(), "homepage": ""} | more


def told(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_a_planner_asks_from_a_template_to_the_address(ahausen, planner, visitor):
    assert "Noch keine Umfrage" in told(planner.get(AT))
    made = planner.post(f"{AT}neu/", {"vorlage": "zufriedenheit"}, follow=True)
    assert "Der Entwurf ist angelegt" in told(made)
    with inside(ahausen):
        survey = Survey.objects.get()
        first, second = survey.questions.all()[:2]
    assert visitor("ahausen").get(survey.get_absolute_url()).status_code == 404
    planner.post(f"{AT}fragen/{second.pk}/verschieben/", {"richtung": "hoch"})
    planner.post(f"{AT}{survey.pk}/fragen/neu/?art=one", {"text": "Woher?", "answers": "Zeitung\n\nPlakat"})
    wrong = planner.post(f"{AT}{survey.pk}/fragen/neu/?art=one", {"text": "Woher?", "answers": "Nur das"})
    assert wrong.status_code == 400
    assert "2 bis 20 Antworten" in told(wrong)
    planner.post(f"{AT}fragen/{first.pk}/entfernen/")
    assert "So wird gefragt" in told(planner.get(f"{AT}{survey.pk}/vorschau/"))
    with inside(ahausen):
        assert [each.text for each in survey.questions.all()][::5] == [second.text, "Woher?"]
    page = told(planner.post(f"{AT}{survey.pk}/freigeben/", follow=True))
    assert "http://ahausen.localhost" in page
    assert "/umfrage/wie-zufrieden-sind-sie-mit-unserem-portal/" in page
    assert visitor("ahausen").get(survey.get_absolute_url()).status_code == 200
    sheet = planner.get(f"{AT}{survey.pk}/aushang/").content.decode()
    assert 'class="qr"' in sheet
    assert planner.get(f"{AT}{survey.pk}/code.svg")["Content-Type"] == "image/svg+xml"


def test_days_that_do_not_fit_are_said_at_the_form(ahausen, planner):
    with inside(ahausen):
        survey = a_survey(released=False)
    sent = {"title": "Neu", "access": "everybody", "first_day": "2026-05-09", "last_day": "2026-05-01",
            "keep_months": "99"}  # fmt: skip
    page = planner.post(f"{AT}{survey.pk}/bearbeiten/", sent)
    assert page.status_code == 400
    assert "Der letzte Tag liegt vor dem ersten." in told(page)
    assert "60" in told(page)


def test_a_resident_answers_without_cookie_and_is_thanked(ahausen, visitor):
    with inside(ahausen):
        survey = a_survey(kinds=(Kind.YES_NO, Kind.MANY, Kind.TEXT), thanks="Wir melden uns im Mai.")
    client = visitor("ahausen")
    page = client.get(survey.get_absolute_url())
    assert page["Cache-Control"] == "private, no-cache"
    with inside(ahausen):
        sent = form_of(survey, "1", ["0", "2"], "Bänke")
    answer = client.post(survey.get_absolute_url(), sent)
    assert answer.url == f"{survey.get_absolute_url()}danke/"
    thanks = client.get(answer.url)
    assert "Wir melden uns im Mai." in told(thanks)
    assert client.cookies == {}
    # The same page once more, by a double click: counted once.
    assert client.post(survey.get_absolute_url(), sent).status_code == 302
    with inside(ahausen):
        assert WeekTally.objects.get().count == 1
        assert FreeText.objects.get().text == "Bänke"


def test_what_is_wrong_is_said_and_everything_stays(ahausen, visitor):
    with inside(ahausen):
        survey = a_survey(kinds=(Kind.YES_NO, Kind.NUMBER, Kind.TEXT))
        survey.questions.filter(kind=Kind.YES_NO).update(required=True)
        long = "Bänke! " * 150_000
        sent = form_of(survey, "", "viele", long)
    page = visitor("ahausen").post(survey.get_absolute_url(), sent)
    words = told(page)
    assert page.status_code == 200
    assert "Bitte beantworten Sie diese Frage." in words
    assert "1000 Zeichen" in words
    assert "Bänke! Bänke!" in words
    assert 'value="viele"' in page.content.decode()
    with inside(ahausen):
        assert not Tally.objects.exists()
        quick = form_of(survey, "1", "", "", zeit=new_token())
        trapped = form_of(survey, "1", "", "", homepage="http://x.example")
        foreign = form_of(survey, "1", "", "")
        unknown = form_of(survey, "7", "", "")
    client, url = visitor("ahausen"), survey.get_absolute_url()
    assert "sehr schnell" in told(client.post(url, quick))
    assert "leer bleiben" in told(client.post(url, trapped))
    assert "auf der Seite der Umfrage" in told(client.post(url, foreign, headers={"Sec-Fetch-Site": "cross-site"}))
    assert client.post(url, unknown).status_code == 200
    with inside(ahausen):
        assert not Tally.objects.exists()


def test_a_program_gets_no_further_than_a_class_of_children(ahausen, visitor, monkeypatch):
    monkeypatch.setattr(public, "PER_NETWORK_HOUR", 3)
    with inside(ahausen):
        survey = a_survey()
        forms = [form_of(survey, "1") for _each in range(5)]
    answers = [visitor("ahausen").post(survey.get_absolute_url(), sent) for sent in forms]
    assert [each.status_code for each in answers] == [302, 302, 302, 200, 200]
    assert "Aus Ihrem Netz kamen sehr viele Antworten" in told(answers[-1])
    elsewhere = visitor("ahausen").post(survey.get_absolute_url(), forms[-1], REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_providers_sign_in_and_answer_once(ahausen, visitor, signed_in):
    with inside(ahausen):
        survey = a_survey(access=Access.PROVIDERS)
        sent = form_of(survey, "1")
    url = survey.get_absolute_url()
    page = visitor("ahausen").get(url)
    assert f'href="/konto/anmelden/?next={url}"' in page.content.decode()
    assert "Bitte melden Sie sich" in told(visitor("ahausen").post(url, sent))
    assert "gehört zu keiner Organisation" in told(signed_in(ahausen, Role.EDITOR).get(url))
    client = signed_in(ahausen, Role.PROVIDER)
    assert client.post(url, sent).status_code == 302
    assert "Sie haben schon geantwortet" in told(client.get(url))
    with inside(ahausen):
        assert WeekTally.objects.get().count == 1


def test_whoever_acts_for_a_provider_does_not_answer_for_them(ahausen, visitor):
    with inside(ahausen):
        survey = a_survey(access=Access.PROVIDERS)
        miriam, ines = an_account("miriam@amt.example", "editor"), a_providers("ines@verein.example")
        sent = form_of(survey, "1")
    client = enter(visitor("ahausen"), miriam)
    act(client, ines)
    for answer in (client.get(survey.get_absolute_url()), client.post(survey.get_absolute_url(), sent)):
        assert "Sie handeln gerade für jemand anderen." in told(answer)
    with inside(ahausen):
        assert not WeekTally.objects.exists()


def test_personal_links_are_shown_once_and_used_once(ahausen, planner, visitor):
    with inside(ahausen):
        survey = a_survey(access=Access.LINK)
        forms = [form_of(survey, "1"), form_of(survey, "0")]
    sheet = planner.post(f"{AT}{survey.pk}/links/", {"number": "2"}).content.decode()
    found = sorted(set(re.findall(r"/umfrage/[\w-]+/mit/[\w-]+/", sheet)))
    assert len(found) == 2
    assert "/mit/" not in planner.get(f"{AT}{survey.pk}/links/").content.decode()
    client = visitor("ahausen")
    assert "persönlichen Link" in told(client.get(survey.get_absolute_url()))
    page = client.get(found[0])
    assert page["Referrer-Policy"] == "no-referrer"
    assert client.post(found[0], forms[0]).status_code == 302
    assert "Dieser Link gilt nicht" in told(client.get(found[0]))
    assert "Dieser Link gilt nicht" in told(client.post(found[0], forms[1]))
    assert client.get("/umfrage/gibt-es-nicht/mit/x/").status_code == 404
    with inside(ahausen):
        assert WeekTally.objects.get().count == 1
    too_many = planner.post(f"{AT}{survey.pk}/links/", {"number": "201"})
    assert too_many.status_code == 400


def test_results_are_told_when_it_is_over_and_go_along(ahausen, planner):
    with inside(ahausen):
        nord, sued = (District.objects.create(name=name) for name in ("Nord", "Süd"))
        survey = a_survey(kinds=(Kind.YES_NO, Kind.DISTRICT, Kind.TEXT))
        rows = [(1, nord.pk, "=Bänke"), (0, nord.pk, ""), (1, sued.pk, ""), (0, sued.pk, "Licht")]
        answered(survey, [*rows * 6, (1, None, ""), (1, None, "")])
    page = told(planner.get(f"{AT}{survey.pk}/"))
    assert "mindestens 25" in page
    assert "Nord" not in page
    assert planner.get(f"{AT}{survey.pk}/ergebnis.csv").status_code == 404
    assert "nicht zurücknehmen" in told(planner.get(f"{AT}{survey.pk}/beenden/"))
    ended = planner.post(f"{AT}{survey.pk}/beenden/", follow=True)
    tables = ended.context["groups"]
    # Two did not say where they live: Süd alone would tell what they answered.
    assert [table.columns for table in tables] == [["Süd"]] or [table.columns for table in tables] == [["Nord"]]
    words = told(ended)
    assert "26" in words
    assert "=Bänke" in words
    csv = planner.get(f"{AT}{survey.pk}/ergebnis.csv").content.decode("utf-8-sig").splitlines()
    assert "Frage 1?;;;ja;14;53.8" in csv
    assert "Frage 3?;;;'=Bänke;;" in csv
    book = load_workbook(BytesIO(planner.get(f"{AT}{survey.pk}/ergebnis.xlsx").content))
    said = {row[0]: row[1] for row in book.worksheets[1].values}
    assert said["Fragebögen"] == 26
    assert "Fünferschritten" in said["Antworten auf eine Umfrage"]
    with inside(ahausen):
        key = FreeText.objects.first().key
    planner.post(f"{AT}texte/{key}/entfernen/")
    planner.post(f"/auswertung/notizen/umfrage-{survey.pk}/", {"text": "Mehr Licht!"})
    assert "Mehr Licht!" in told(planner.get(f"{AT}{survey.pk}/"))
    assert planner.post("/auswertung/notizen/umfrage-999999/", {"text": "x"}).status_code == 404
    assert survey.title in told(planner.get("/auswertung/"))
    with inside(ahausen):
        assert FreeText.objects.count() == 11
        assert FigureNote.objects.get().text == "Mehr Licht!"


def test_the_number_of_statements_does_not_grow(ahausen, planner):
    """With the questions and answers of a survey, and with the number of surveys."""
    with inside(ahausen):
        small = over(answered(a_survey(), [(1,)] * 6))
    numbers = []
    planner.get(f"{AT}{small.pk}/")
    for kinds in (None, (Kind.ONE, Kind.MANY, Kind.SCALE, Kind.TEXT, Kind.AGE) * 3):
        with inside(ahausen):
            large = over(answered(a_survey(kinds=kinds), [(0, [0], 5, "Ja", 27) * 3] * 6)) if kinds else small
        for path in (AT, f"{AT}{large.pk}/"):
            with CaptureQueriesContext(connection) as asked:
                assert planner.get(path).status_code == 200
            numbers.append(len(asked))
    assert numbers[0] == numbers[2]
    assert numbers[1] == numbers[3]


def test_the_start_page_and_pages_invite_while_it_is_running(ahausen, visitor):
    with inside(ahausen):
        survey = a_survey("Was fehlt in Mitte?", on_start=True)
        page = Page(slug="mitmachen", title="Mitmachen")
        link = {"link": survey.get_absolute_url()}
        page.write([{"id": "umfr1", "kind": "survey", "hidden": False, "data": link}])
        page.save()
    client = visitor("ahausen")
    assert f'href="{survey.get_absolute_url()}"' in client.get("/").content.decode()
    assert "noch 10 Tage" in told(client.get("/mitmachen/"))
    with inside(ahausen):
        editing.end(survey, by=None)
    assert survey.get_absolute_url() not in client.get("/").content.decode()
    assert survey.get_absolute_url() not in client.get("/mitmachen/").content.decode()
    assert "Die Umfrage ist vorbei" in told(client.get(survey.get_absolute_url()))


def test_it_is_asked_in_the_readers_language(ahausen, visitor):
    with inside(ahausen):
        survey = a_survey("Was fehlt?", kinds=(Kind.ONE, Kind.YES_NO))
        LanguageSettings.objects.update_or_create(pk=1, defaults={"offered": ["de", "ar"]})
        texts = source_of("umfrage", survey.pk).texts
        assert {"Was fehlt?", "Frage 1?", "Frage 2?", "Kurse", "Treffpunkte", "Beratung"} == {
            each.text for each in texts
        }
        for each in texts:
            Translation.objects.create(source_hash=hash_of(each), target="ar", source=each.text, place=each.place,
                                       text=f"عربي {each.text}")  # fmt: skip
        sent = form_of(survey, "0", "1")
    client, url = visitor("ahausen"), f"{survey.get_absolute_url()}?sprache=ar&uebersetzt=1"
    page = client.get(url).content.decode()
    assert "عربي Kurse" in page
    asked = page.split('method="post" novalidate', 1)[1].split("</form>", 1)[0]
    assert 'lang="de"' not in asked
    answer = client.post(url, sent)
    assert "sprache=ar" in answer.url
    assert "uebersetzt=1" in answer.url
    assert "عربي Was fehlt?" in client.get(answer.url).content.decode()
    german = client.get(f"{survey.get_absolute_url()}?sprache=ar").content.decode()
    assert '<bdi lang="de" dir="ltr">Kurse</bdi>' in german


def test_next_door_has_other_surveys(ahausen, bedorf, visitor, signed_in):
    with inside(ahausen):
        survey = answered(a_survey("Nur hier"), [(1,)])
    assert visitor("bedorf").get(survey.get_absolute_url()).status_code == 404
    client = signed_in(bedorf, Role.PLANNER)
    assert "Nur hier" not in told(client.get(AT))
    assert client.get(f"{AT}{survey.pk}/").status_code == 404


def test_a_municipality_takes_its_surveys_along(own_database, tmp_path):
    with inside(municipality("ahausen")):
        answered(a_survey("Zieht um", kinds=(Kind.YES_NO, Kind.TEXT)), [(1, "Ja bitte")] * 6)
    with inside_public():
        call_command("export_municipality", "ahausen", str(tmp_path / "a.zip"))
        call_command("restore_municipality", str(tmp_path / "a.zip"), "--as", "cedorf", "--domain", "cedorf.localhost")
    with inside(municipality("cedorf")):
        survey = Survey.objects.get()
        assert survey.state is State.RUNNING
        assert WeekTally.objects.get().count == 6
        assert FreeText.objects.count() == 6
        answered(survey, [(0, "")])
        assert WeekTally.objects.get().count == 7
