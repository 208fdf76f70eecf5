"""Reports: one accessible file of chosen pages, made and told of by itself, to those who may read it alone."""

import re
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage, Unreachable
from portal.planning.models import DistrictSheet, FigureNote, SavedView
from portal.planning.report import keeping, sending
from portal.planning.report.chapters import PAGES
from portal.planning.report.models import Reader, Report
from portal.planning.report.settings import Chosen, Settings
from portal.planning.report.tasks import look_here, make_and_tell
from portal.planning.report.tokens import stop_token
from portal.printing.models import Paper
from portal.printing.tasks import make_paper
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer
from tests.printing.rules import breaches, walk

pytestmark = pytest.mark.usefixtures("db")
AT = "/auswertung/berichte/"
frozen = time_machine.travel(datetime(2026, 11, 29, 9, tzinfo=UTC), tick=True)


def square(lon):
    return {"type": "Polygon", "coordinates": [[[lon, 49], [lon + 1, 49], [lon + 1, 50], [lon, 50], [lon, 49]]]}


def someone(email, *roles):
    return User.objects.create_user(email, "ein-passwort-2026", roles=list(roles))


def begun(title="Bericht", paths=("/auswertung/",), readers=(), rhythm="", key="k", **said):
    settings = Settings([Chosen(path) for path in paths], **said)
    return keeping.begin(title, settings, rhythm=rhythm, readers=list(readers), key=key, by=None)


@frozen
def test_all_pages_become_one_tagged_file_with_figures_definitions_and_notes(ahausen, signed_in, tmp_path):
    client = signed_in(ahausen, Role.PLANNER)
    with inside(ahausen):
        district = District.objects.create(name="Nord & <Süd>", outline=square(7))
        an_offer(places=[{"district": district, "latitude": 49.5, "longitude": 7.5, "precision": "exact"}])
        FigureNote.objects.create(figure="angebot", text="Im Norden wird gebaut.")
        owner = User.objects.get(roles__contains=["planner"])
        sheet = DistrictSheet.objects.create(name="Vergleich der Ortsteile", text="Der Süden holt auf.",
                                             indicators=["angebote"])  # fmt: skip
        view = SavedView.objects.create(owner=owner, name="Nur Nord", path="/auswertung/angebot/",
                                        query=f"ort={district.pk}&zeitraum=90-tage")  # fmt: skip
    pages = [path for path in PAGES if path != "/auswertung/angebot/"] + [f"/auswertung/ortsteile/{sheet.pk}/"]
    sent = {
        "title": "Bericht für den Ausschuss", "pages": pages, "views": [view.pk], "time": "", "rhythm": "", "key": "a",
        "text": "Liebe Leute,\n\nso steht es.",
    }  # fmt: skip
    answer = client.post(f"{AT}neu/", sent)
    assert client.post(f"{AT}neu/", sent).url == answer.url
    assert client.post(f"{answer.url}herstellen/").status_code == 302
    assert "wartet" in client.get(answer.url).content.decode()
    assert client.get(f"{answer.url}datei.pdf").status_code == 404
    with inside(ahausen):
        make_paper(paper=Report.objects.get().pk)
        paper = Paper.objects.get()
        assert paper.state == Paper.State.READY, paper.trouble
        assert "bericht" not in paper.file.name
    assert "PDF herunterladen" in client.get(answer.url).content.decode()
    file = tmp_path / "bericht.pdf"
    file.write_bytes(b"".join(client.get(f"{answer.url}datei.pdf")))
    assert breaches(file) == []
    with pikepdf.open(file) as pdf:
        elements = list(walk(pdf.Root.StructTreeRoot.K[0]))
        told = [str(each.get("/Alt", "")) for each in elements if each.get("/S") == "/Figure"]
        assert any("Nord & <Süd>: 1" in each for each in told)
        assert sum(each.get("/S") == "/Table" for each in elements) >= len(PAGES)
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-2:] == ["Angebot: Nur Nord", "Was jede Zahl zählt"]
    words = text_of(file)
    for said in ("Bericht für den Ausschuss", "so steht es.", "Im Norden wird gebaut.", "Ortsteil: Nord & <Süd>",
                 "Der Süden holt auf.",
                 "Gezählt wird jedes Angebot", "1. September 2026 bis 29. November 2026"):  # fmt: skip
        assert said in words, said


def text_of(file):
    with pypdfium2.PdfDocument(file) as pdf:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pdf))


@frozen
def test_whose_day_has_come_is_made_told_once_and_comes_again(ahausen):
    with inside(ahausen):
        anna, bert, carla = (someone(f"{name}@ahausen.example", Role.PLANNER) for name in ("anna", "bert", "carla"))
        report = begun("Monatsbericht", rhythm="monthly", readers=[anna, bert, carla], time="month")
        assert report.next_on == date(2026, 12, 1)
        look_here()
        assert make_and_tell.under_way() == {}
        # One lost the role since, mail to another comes back.
        User.objects.filter(pk=bert.pk).update(roles=[])
        Unreachable.objects.create(address="carla@ahausen.example")
    with time_machine.travel(datetime(2026, 12, 2, 5, tzinfo=UTC), tick=True), inside(ahausen):
        look_here()
        assert make_and_tell.under_way()["ahausen"] == [{"report": report.pk}]
        for _killed_before_its_end in range(2):
            make_and_tell(report=report.pk)
        mail = OutboxMessage.objects.get()
        assert mail.to == "anna@ahausen.example"
        assert f"{AT}{report.pk}/" in mail.body
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        report.refresh_from_db()
        assert report.next_on == date(2027, 1, 1)
        assert not sending.due(date(2026, 12, 31)).exists()
        paper = Paper.objects.get()
        assert Settings.of(paper).days(paper.day) == (date(2026, 11, 1), date(2026, 11, 30))


@frozen
def test_what_cannot_be_made_stays_due_and_tells_nobody(ahausen):
    with inside(ahausen):
        report = begun(
            rhythm="yearly", readers=[someone("anna@ahausen.example", Role.ADMIN)], paths=["/auswertung/weg/"]
        )
        make_and_tell(report=report.pk)
        report.refresh_from_db()
        assert report.next_on == date(2027, 1, 1)
        assert Paper.objects.get().trouble == Paper.Trouble.CHANGED
        assert not OutboxMessage.objects.exists()


def test_a_link_in_the_mail_ends_it_for_one_reader(ahausen, visitor):
    with inside(ahausen):
        readers = [someone(f"{name}@ahausen.example", Role.EDITOR) for name in ("anna", "bert")]
        report = begun(rhythm="quarterly", readers=readers)
        anna, bert = Reader.objects.order_by("pk")
        link = reverse("reports:unsubscribe", args=[stop_token(anna.pk)])
    browser = visitor("ahausen")
    assert "Keine Mails" in browser.get(link).content.decode()
    with inside(ahausen):
        assert report.readers.count() == 2
    for _twice in range(2):
        assert browser.post(link).status_code == 200
    with inside(ahausen):
        assert list(report.readers.all()) == [bert]
    assert browser.post(f"{AT}abbestellen/gefaelscht/").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pages": []}, "mindestens eine Seite"),
        ({"pages": ["/redaktion/"]}, "keine gültige Auswahl"),
        ({"title": " "}, "id_title"),
        ({"readers": ["999"]}, "keine gültige Auswahl"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(ahausen, signed_in, change, said):
    client = signed_in(ahausen, Role.PLANNER)
    sent = {"title": "Bericht", "pages": ["/auswertung/"], "time": "", "rhythm": "", "key": "a"}
    answer = client.post(f"{AT}neu/", sent | change)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    with inside(ahausen):
        assert not Report.objects.exists()
        outsider = someone("fremd@ahausen.example")
    told = client.post(f"{AT}neu/", sent | {"rhythm": "monthly", "readers": [outsider.pk]})
    assert told.status_code == 400


def test_editors_do_not_find_reports_among_their_printed_matter(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        report = begun("Geheimer Plan")
    assert "Geheimer Plan" not in client.get("/redaktion/drucksachen/").content.decode()
    assert client.get(f"/redaktion/drucksachen/{report.pk}/").status_code == 404
    assert "Geheimer Plan" in client.get(AT).content.decode()
