"""From a file to offers: what is shown, what is chosen, what is written."""

import re

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from audit.models import Entry
from mail.models import OutboxMessage
from portal.imports import files, tasks
from portal.imports.models import Row, Upload
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.services import publish
from portal.offers.states import State
from portal.preferences.models import ApprovalRule, Preferences
from portal.taxonomy.models import Category
from tests.exchange.excel.workbooks import row
from tests.factories import a_provider, an_offer
from tests.imports.conftest import Club, row_of

OUT = Row.Outcome


def outcomes(upload: Upload) -> dict[int, tuple[str, bool]]:
    return {each.number: (each.outcome, each.chosen) for each in upload.rows.all()}


def test_a_trial_changes_nothing_and_tells_each_row(club: Club) -> None:
    upload = club.send(
        row(),
        row(id=2, title="Judo", categories="Spport"),
        row(id=3, title="Malen", kind="Konkrete Daten", start_date="31.11.2026"),
        row(id=None, title="Ohne Nummer"),
    )

    assert not Offer.objects.exists()
    assert outcomes(upload) == {3: (OUT.NEW, True), 4: (OUT.ERROR, False), 5: (OUT.ERROR, False), 6: (OUT.ERROR, False)}
    page = club.page(upload)
    assert "Das ist eine Probe. Im Portal hat sich noch nichts geändert." in page
    assert "Zeile 5, Spalte E „Start-Datum*“:" in page
    assert "31.11.2026" in page
    assert "Unser Vorschlag: Sport" in page
    assert "mit Vorschlag" in page
    assert "so nicht möglich" in page
    # What needs a look first stands on top.
    assert [int(each) for each in re.findall(r"</span>(\d+)</td>", page)] == [4, 5, 6, 3]


def test_what_is_ticked_is_written_and_the_same_file_again_changes_nothing(club: Club) -> None:
    upload = club.take(club.send(row(), row(id=2, title="Judo")))

    assert (upload.state, upload.created, upload.left) == (Upload.State.DONE, 2, 0)
    assert set(Offer.objects.values_list("title", "state")) == {("Kinderturnen", State.DRAFT), ("Judo", State.DRAFT)}
    assert all(each.state == Row.State.DONE and each.offer_id for each in upload.rows.all())
    assert Entry.objects.get(action="import_offers").changes["created"] == 2

    again = club.send(row(), row(id=2, title="Judo"))
    assert outcomes(again) == {3: (OUT.UNCHANGED, False), 4: (OUT.UNCHANGED, False)}
    assert "Es gibt nichts zu tun." in club.page(again)
    assert club.client.post(f"/konto/import/{again.pk}/wahl/", {"uebernehmen": "1"}).status_code == 400
    assert Offer.objects.count() == 2


def test_what_would_be_deleted_is_told_and_never_ticked_by_itself(club: Club) -> None:
    club.take(club.send(row(description="Ein langer Text.", conditions="Anmelden")))
    upload = club.send(row(description="", conditions="Bitte anmelden"))

    assert outcomes(upload) == {3: (OUT.LOSES, False)}
    page = club.page(upload)
    assert "Ihr Feld ist leer, im Portal stehen 16 Zeichen." in page
    assert '<del><span class="visually-hidden">entfällt: </span>Anmelden</del>' in page
    assert '<ins><span class="visually-hidden">neu: </span>Bitte anmelden</ins>' in page

    club.take(upload, gezeigt=row_of(upload, 3).pk, zeile=row_of(upload, 3).pk)
    offer = Offer.objects.get()
    assert (offer.description, offer.conditions) == ("", "Bitte anmelden")


def test_a_suggestion_is_taken_by_a_tick(club: Club) -> None:
    upload = club.send(row(categories="Freizeit und Kultr, Spport", target_groups="Kindr"))
    assert row_of(upload, 3).fixes == {"3": {"categories": "Freizeit und Kultur, Sport", "target_groups": "Kinder"}}

    club.take(upload, gezeigt=row_of(upload, 3).pk, zeile=row_of(upload, 3).pk)
    offer = Offer.objects.get()
    assert {each.name for each in offer.categories.all()} == {"Freizeit und Kultur", "Sport"}
    assert [each.name for each in offer.target_groups.all()] == ["Kinder"]


def test_a_change_of_a_public_offer_waits_for_approval(club: Club) -> None:
    club.take(club.send(row()))
    publish(Offer.objects.get(), by="test")

    upload = club.send(row(summary="Anders"))
    assert (row_of(upload, 3).outcome, row_of(upload, 3).waits) == (OUT.CHANGED, True)
    assert "Die Änderung wartet auf die Freigabe" in club.page(upload)
    club.take(upload)

    offer = Offer.objects.get()
    assert (upload.submitted, offer.summary, offer.state) == (1, "Turnen für alle.", State.PUBLISHED)
    waiting = editing.waiting_for(offer)
    assert (waiting.content["summary"], waiting.author, waiting.waits_for) == ("Anders", club.helga, "editors")
    assert outcomes(club.send(row(summary="Anders"))) == {3: (OUT.UNCHANGED, False)}


def test_a_change_without_approval_is_public_at_once_and_the_editors_may_look(club: Club) -> None:
    Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
    club.take(club.send(row()))
    publish(Offer.objects.get(), by="test")
    club.take(club.send(row(summary="Anders")))
    offer = Offer.objects.get()
    assert (offer.summary, offer.state) == ("Anders", State.PUBLISHED)
    assert editing.history(offer).filter(informed=True, state="applied").exists()


@pytest.mark.parametrize(
    ("rule", "state"), [(ApprovalRule.CHANGES, State.SUBMITTED), (ApprovalRule.PROVIDERS, State.PUBLISHED)]
)
def test_new_offers_are_handed_in_as_the_rules_say_and_incomplete_ones_stay_drafts(
    club: Club, rule: str, state: State
) -> None:
    Preferences.objects.update(approval=rule)
    whole = {"cost_text": "5 €", "kind": "Konkrete Daten", "start_date": "01.03.2027", "start_time": "10:00"}
    upload = club.take(club.send(row(**whole), row(id=2, title="Judo", summary="")), neu="abschicken")

    assert upload.hand_in
    assert Offer.objects.get(title="Kinderturnen").state == state
    assert Offer.objects.get(title="Judo").state == State.DRAFT
    assert row_of(upload, 4).note
    assert row_of(upload, 3).note == ""
    waits = editing.waiting_for(Offer.objects.get(title="Kinderturnen"))
    assert (waits is not None) == (state == State.SUBMITTED)


def test_both_changed_is_told_and_only_a_tick_lets_the_table_count(club: Club) -> None:
    club.take(club.send(row(), row(id=2, title="Judo")))
    Offer.objects.update(summary="Im Portal geändert")
    Offer.objects.filter(title="Judo").update(conditions="Im Portal ergänzt")

    upload = club.send(row(summary="In der Tabelle geändert"), row(id=2, title="Judo und mehr"))
    assert outcomes(upload) == {3: (OUT.CONFLICT, False), 4: (OUT.CHANGED, True)}
    assert "im Portal seitdem geändert" in club.page(upload)
    club.take(upload)
    judo = Offer.objects.get(title="Judo und mehr")
    assert (judo.conditions, judo.summary) == ("Im Portal ergänzt", "Im Portal geändert")
    assert Offer.objects.get(title="Kinderturnen").summary == "Im Portal geändert"

    first = row_of(upload, 3)
    club.take(upload, gezeigt=first.pk, zeile=first.pk)
    assert Offer.objects.get(title="Kinderturnen").summary == "In der Tabelle geändert"


def test_what_was_changed_after_the_look_is_left_as_it_is(club: Club) -> None:
    club.take(club.send(row()))
    upload = club.send(row(summary="In der Tabelle"), row(id=2, title="Judo"))
    Offer.objects.update(summary="In letzter Minute")

    club.take(upload)
    assert (upload.created, upload.updated, upload.left) == (1, 0, 1)
    assert Offer.objects.get(title="Kinderturnen").summary == "In letzter Minute"
    assert row_of(upload, 3).state == Row.State.LEFT
    assert "seit Sie nachgesehen haben" in club.page(upload, "?zeigen=geblieben")


def test_two_clicks_are_one(club: Club) -> None:
    upload = club.send(row())
    for _click in range(2):
        club.client.post(f"/konto/import/{upload.pk}/wahl/", {"uebernehmen": "1"})
    for _start in range(2):
        tasks.take_table(upload=upload.pk)
    upload.refresh_from_db()
    assert (Offer.objects.count(), upload.created) == (1, 1)

    key = {"key": "einmal"}
    for _click in range(2):
        with (club.folder / "a.xlsx").open("rb") as file:
            assert club.client.post("/konto/import/", {"file": file, **key}).status_code == 302
    assert Upload.objects.filter(key="einmal").count() == 1


def test_an_offer_made_in_the_portal_comes_back_from_its_export_unchanged(club: Club) -> None:
    an_offer(
        provider=club.provider, title="Töpfern", summary="=1+1", description="<p>Mit <strong>Ton</strong></p>",
        categories=Category.objects.filter(name="Sport"),
        places=[{"street": "Weg 1", "postcode": "33378", "city": "Rheda"}, {"city": "Wiedenbrück"}],
    )  # fmt: skip
    foreign = an_offer(provider=a_provider(name="Fremd"), title="Fremdes")
    answer = club.client.get("/konto/export.xlsx")
    assert answer["Content-Disposition"].endswith('-angebote.xlsx"')
    assert answer["Cache-Control"] == "private, no-store"
    path = club.folder / "export.xlsx"
    path.write_bytes(answer.content)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    titles = [cell.value for cell in sheet["B"]]
    assert "Töpfern" in titles
    assert foreign.title not in titles
    assert sheet["M3"].value == "=1+1"
    assert (sheet["M3"].data_type, sheet["M3"].quotePrefix) == ("s", True)

    assert outcomes(club.send(content=answer.content)) == {3: (OUT.UNCHANGED, False)}

    sheet["R3"] = "Bitte anmelden"
    workbook.save(path)
    upload = club.send(content=path.read_bytes())
    # Not its public text at once: an offer that is public.
    assert outcomes(upload) == {3: (OUT.CHANGED, True)}
    club.take(upload)
    text = editing.waiting_for(Offer.objects.get(title="Töpfern")).content
    assert (text["conditions"], text["description"], len(text["locations"])) == (
        "Bitte anmelden", "<p>Mit <strong>Ton</strong></p>", 2,
    )  # fmt: skip


def test_an_old_export_does_not_bring_back_what_was_changed_since(club: Club) -> None:
    offer = an_offer(provider=club.provider, title="Töpfern", summary="Alt", state="draft", published_at=None)
    export = club.client.get("/konto/export.xlsx").content
    Offer.objects.filter(pk=offer.pk).update(summary="Neu")
    assert outcomes(club.send(content=export)) == {3: (OUT.UNCHANGED, False)}


@pytest.mark.parametrize("fill", ["website", "links", ""])
def test_the_providers_address_may_fill_what_is_empty(club: Club, fill: str) -> None:
    Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
    upload = club.send(row(provider_url="www.tsv.example"), row(id=2, title="Judo", provider_url="www.tsv.example"))
    assert "https://www.tsv.example" in club.page(upload)
    club.take(upload, adresse=fill)

    club.provider.refresh_from_db()
    assert club.provider.website == ("https://www.tsv.example" if fill == "website" else "")
    links = set(Offer.objects.values_list("registration_url", flat=True))
    assert links == {"https://www.tsv.example" if fill == "links" else ""}


def test_an_incomplete_profile_says_why_its_website_stays_empty(club: Club) -> None:
    type(club.provider).objects.update(summary="")
    upload = club.take(club.send(row(provider_url="www.tsv.example")), adresse="website")
    assert upload.created == 1
    assert "Die Webseite steht noch nicht im Profil: " in club.page(upload)


def test_a_website_that_is_there_stays(club: Club) -> None:
    type(club.provider).objects.update(website="https://alt.example")
    upload = club.send(row(provider_url="www.tsv.example"))
    assert 'value="website"' not in club.page(upload)
    club.take(upload, adresse="website")
    club.provider.refresh_from_db()
    assert club.provider.website == "https://alt.example"


def test_many_rows_come_in_pages_and_the_ticks_stay(club: Club) -> None:
    upload = club.send(*(row(id=number, title=f"Kurs {number}") for number in range(1, 251)))
    numbers = [each.pk for each in upload.rows.order_by("rank", "number")]
    address = f"/konto/import/{upload.pk}/wahl/"

    # The first page without its first row, then on.
    answer = club.client.post(address, {"gezeigt": numbers[:100], "zeile": numbers[1:100], "seite": "2"})
    assert answer.url == f"/konto/import/{upload.pk}/?seite=2#zeilen"
    page = club.page(upload, "?seite=2")
    assert len(re.findall(r'name="zeile"', page)) == 100
    assert "Seite 2 von 3" in page
    assert "249 Zeilen sind angekreuzt" in page
    club.client.post(address, {"keine": "1"})
    assert upload.rows.filter(chosen=True).count() == 0
    club.client.post(address, {"alle": "1", "gezeigt": numbers[:100], "zeile": []})
    assert upload.rows.filter(chosen=True).count() == 250

    club.take(upload, gezeigt=numbers[100:200], zeile=numbers[103:200])
    assert (upload.created, Offer.objects.count()) == (247, 247)
    mail = OutboxMessage.objects.get(to=club.helga.email)
    assert "Neue Angebote: 247" in mail.body
    assert f"/konto/import/{upload.pk}/" in mail.body


def test_the_marked_copy_and_the_file_are_only_for_the_organisation(club: Club, visitor, signed_in, ahausen) -> None:
    upload = club.send(row(categories="Spport"))
    answer = club.client.get(f"/konto/import/{upload.pk}/anmerkungen.xlsx")
    assert 'filename="angebote-anmerkungen.xlsx"' in answer["Content-Disposition"]
    path = club.folder / "marked.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    assert "Spport" in load_workbook(path).worksheets[0]["C3"].comment.text

    assert upload.file.name.startswith("~upload/")
    assert default_storage.exists(upload.file.name)
    for name in (upload.file.name, upload.marked.name):
        assert club.client.get(f"/media/{name}").status_code == 404
    other = signed_in(ahausen, "provider")
    for part in ("", "datei", "anmerkungen.xlsx"):
        assert other.get(f"/konto/import/{upload.pk}/{part}").status_code == 404
    for part in ("wahl", "verwerfen"):
        assert other.post(f"/konto/import/{upload.pk}/{part}/").status_code == 404


@pytest.mark.both_stores
def test_a_table_is_forgotten_with_its_files(club: Club, django_capture_on_commit_callbacks) -> None:
    upload = club.send(row(categories="Spport"))
    names = [upload.file.name, upload.marked.name]
    with django_capture_on_commit_callbacks(execute=True):
        assert club.client.post(f"/konto/import/{upload.pk}/verwerfen/").status_code == 302
    assert not Upload.objects.exists()
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_very_many_offers_are_taken_along_in_parts(club: Club, monkeypatch) -> None:
    for number in range(5):
        an_offer(provider=club.provider, title=f"Kurs {number}", categories=Category.objects.filter(name="Sport"))
    monkeypatch.setattr(files, "PART", 2)
    page = club.client.get("/konto/import/").content.decode()
    links = re.findall(r'href="(/konto/export.xlsx[^"]+)"', page)
    assert len(links) == 3
    assert "Ihre Angebote als Tabelle (Excel), 5 bis 5" in page
    titles = []
    for link in links:
        content = club.client.get(link.replace("&amp;", "&")).content
        (club.folder / "teil.xlsx").write_bytes(content)
        titles += [cell.value for cell in load_workbook(club.folder / "teil.xlsx").worksheets[0]["B"][2:]]
        assert {outcome for outcome, _chosen in outcomes(club.send(content=content)).values()} == {OUT.UNCHANGED}
    assert titles == [f"Kurs {number}" for number in range(5)]
    assert club.client.get(f"/konto/export.xlsx?anbieter={club.provider.pk}&teil=4").status_code == 404
