"""From the editors' page through the provider's form to residents: asked, kept, shown, searched, hidden."""

import re

import pytest

from core.access import Role
from portal.offer_fields.models import ExtraField, OfferForm
from portal.offer_fields.services import leave_out, retire
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.tasks import refresh_offers_of
from portal.preferences.models import ApprovalRule
from tenants.running.context import inside
from tests.authoring.filling import form_of, send
from tests.authoring.test_story import begun, member  # noqa: F401
from tests.factories import an_offer
from tests.offer_fields.conftest import Asked, asked
from tests.revisions.conftest import Cast, cast  # noqa: F401

HERE = "/redaktion/einstellungen/angebotsfelder/"


@pytest.fixture
def desk(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_editors_add_change_order_retire_and_delete(desk, ahausen):
    sent = {"name": "Stufe", "kind": "choice", "use": "filter", "answers": "Anfang\r\n\r\n Könner \r\nAnfang"}
    assert desk.post(f"{HERE}neu/", sent).url == HERE
    desk.post(f"{HERE}neu/", {"name": "Mitbringen", "kind": "text", "use": "shown", "answers": ""})
    with inside(ahausen):
        level, bring = ExtraField.objects.all()
        assert [each.name for each in level.choices.all()] == ["Anfang", "Könner"]
    desk.post(f"{HERE}{bring.pk}/verschieben/", {"richtung": "hoch"})
    desk.post(f"{HERE}{bring.pk}/verschieben/", {"richtung": "hoch"})
    desk.post(f"{HERE}{level.pk}/stilllegen/", {"stilllegen": "1"})
    page = text_of(desk.get(HERE)).partition('id="eigene"')[2]
    assert page.index("Mitbringen") < page.index("Stufe")
    assert "stillgelegt" in page
    desk.post(f"{HERE}{level.pk}/loeschen/")
    with inside(ahausen):
        assert [each.name for each in ExtraField.objects.all()] == ["Mitbringen"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Bitte die markierten Felder prüfen|Dieses Feld ist zwingend erforderlich|Bitte prüfen"),
        ({"kind": "choice", "answers": "Nur eine"}, "Bitte geben Sie mindestens zwei Antworten an"),
        ({"kind": "text", "use": "filter"}, "Ein Text kann kein Filter sein"),
        ({"name": "Mitzubringen"}, "Es gibt schon eine Angabe mit diesem Namen"),
        ({"kind": "choice", "answers": "x" * 81 + "\nb"}, "auf 80 Zeichen"),
        ({"kind": "choice", "answers": "\n".join(map(str, range(60)))}, "Höchstens 50 Antworten"),
    ],
)
def test_what_cannot_be_is_said(desk, fields, ahausen, sent, sentence):
    before = 5
    answer = desk.post(f"{HERE}neu/", {"name": "Neu", "kind": "text", "use": "shown", "answers": ""} | sent)
    assert answer.status_code == 200
    assert re.search(sentence, text_of(answer))
    with inside(ahausen):
        assert ExtraField.objects.count() == before


def test_what_was_answered_is_not_deleted(desk, fields: Asked, ahausen):
    with inside(ahausen):
        an_offer(extras={str(fields.bring.pk): "Ball"})
    page = text_of(desk.post(f"{HERE}{fields.bring.pk}/loeschen/", follow=True))
    assert "1 Angebot beantwortet „Mitzubringen“. Legen Sie die Angabe still, damit nichts verloren geht." in page
    with inside(ahausen):
        assert ExtraField.objects.filter(pk=fields.bring.pk).exists()


def test_an_answered_detail_stays_on_its_side(desk, fields: Asked, ahausen):
    with inside(ahausen):
        an_offer(title="Eins", extras={str(fields.bring.pk): "Ball"}, internal={str(fields.funded.pk): [1]})
    for field, use in ((fields.bring, "internal"), (fields.funded, "shown")):
        sent = {"name": field.name, "use": use, "answers": "Land\nBund"}
        page = text_of(desk.post(f"{HERE}{field.pk}/", sent))
        assert "Wer es sieht, bleibt" in page
        with inside(ahausen):
            assert ExtraField.objects.get(pk=field.pk).use == field.use
    desk.post(f"{HERE}{fields.care.pk}/", {"name": "Betreuung", "use": "internal"})
    with inside(ahausen):
        assert ExtraField.objects.get(pk=fields.care.pk).use == "internal"


def test_another_name_of_an_answer_is_searched(cast: Cast, visitor):  # noqa: F811
    here = asked()
    an_offer(title="Eins", extras={str(here.level.pk): [here.choice("Könner")]})
    choice = here.level.choices.get(name="Könner")
    choice.name = "Meisterschaft"
    choice.save()
    refresh_offers_of(relation="extras", pk=here.level.pk)
    found = visitor("ahausen").get("/angebote/", {"q": "Meisterschaft"}).context["page"].paginator.count
    assert found == 1
    assert visitor("ahausen").get("/angebote/", {"q": "Könner"}).context["page"].paginator.count == 0


def test_from_the_form_to_residents(cast: Cast, member, visitor):  # noqa: F811
    cast.rule(ApprovalRule.PROVIDERS)
    here = asked()
    offer = cast.public(title="Töpfern")
    way = f"/konto/angebote/{offer.pk}/bild/"
    page = member.get(way).content.decode()
    assert "Was soll man mitbringen?" in page
    assert "Gefördert durch" not in page
    send(member, way, **{f"angabe_{here.bring.pk}": "Alte Kleidung & mehr", f"angabe_{here.care.pk}": "ja",
                         f"angabe_{here.level.pk}": str(here.choice("Könner"))})  # fmt: skip
    assert form_of(member, way)[f"angabe_{here.care.pk}"] == ["ja"]
    editing.submit(offer, by=cast.member)
    public = text_of(visitor("ahausen").get(Offer.objects.get(pk=offer.pk).get_absolute_url()))
    assert "Alte Kleidung &amp; mehr" in public
    assert re.search(r"<dt>Stufe</dt><dd>.{0,40}Könner", public)
    assert visitor("ahausen").get("/angebote/", {"q": "Kleidung"}).context["page"].paginator.count == 1


def test_filters_count_and_combine(cast: Cast, visitor):  # noqa: F811
    here = asked()
    level, care = str(here.level.pk), str(here.care.pk)
    first, expert = here.choice("Anfang"), here.choice("Könner")
    an_offer(title="Eins", extras={level: [first], care: True})
    an_offer(title="Zwei", extras={level: [expert], care: False})
    an_offer(title="Drei", extras={level: [expert], care: True})
    an_offer(title="Ohne")

    def titles(*chosen):
        page = visitor("ahausen").get("/angebote/", {"angabe": list(chosen)}).content.decode()
        return {each for each in ("Eins", "Zwei", "Drei", "Ohne") if re.search(rf">\s*{each}\s*<", page)}

    assert titles(f"{level}-{expert}") == {"Zwei", "Drei"}
    assert titles(f"{level}-{expert}", f"{level}-{first}") == {"Eins", "Zwei", "Drei"}
    assert titles(f"{level}-{expert}", f"{care}-ja") == {"Drei"}
    assert titles(f"{care}-nein") == {"Zwei"}
    assert titles("7-quatsch") == {"Eins", "Zwei", "Drei", "Ohne"}
    page = visitor("ahausen").get("/angebote/", {"angabe": f"{care}-ja"}).content.decode()
    numbers = re.findall(rf'name="angabe" value="({level}-\d+)".*?data-number>(\d*)<', page)
    assert dict(numbers) == {f"{level}-{first}": "1", f"{level}-{here.choice('Mitte')}": "0", f"{level}-{expert}": "1"}
    assert "Kinderbetreuung: ja" in page


def test_what_a_municipality_does_without_is_neither_asked_nor_shown_nor_lost(cast: Cast, member, visitor):  # noqa: F811
    cast.rule(ApprovalRule.PROVIDERS)
    offer = cast.public(title="Töpfern", speaker="Helga Brandt", volunteering=True, participate_note="Mitmachen",
                        languages=["tr"], registration_url="https://a.example/")  # fmt: skip
    public = offer.get_absolute_url()
    assert "Helga Brandt" in text_of(visitor("ahausen").get(public))
    leave_out(["speaker", "volunteering", "languages", "registration_url", "unbekannt"], by=cast.editor)
    assert OfferForm.objects.get().left_out == ["registration_url", "speaker", "languages", "volunteering"]
    page = text_of(visitor("ahausen").get(public))
    assert not re.search("Helga Brandt|Mitmachen|Türkisch|a.example", page)
    for step in ("bild", "wo"):
        way = f"/konto/angebote/{offer.pk}/{step}/"
        form = form_of(member, way)
        assert not {"speaker", "volunteering", "participate_note", "languages", "registration_url"} & form.keys()
        send(member, way, **({"text": "Neu"} if step == "bild" else {"conditions": "Einfach kommen"}))
    editing.submit(offer, by=cast.member)
    offer.refresh_from_db()
    assert (offer.speaker, offer.volunteering, offer.languages) == ("Helga Brandt", True, ["tr"])
    assert offer.registration_url == "https://a.example/"
    leave_out([], by=cast.editor)
    assert "Helga Brandt" in text_of(visitor("ahausen").get(public))


def test_the_usual_ones_are_ticked_on_the_page(desk, ahausen):
    desk.post(f"{HERE}uebliche/", {"asked": ["speaker", "format"]})
    page = desk.get(HERE).content.decode()
    assert re.findall(r'name="asked" value="(\w+)" id="\w+" checked', page) == ["speaker", "format"]


def test_internal_details_stay_inside(cast: Cast, visitor, member):  # noqa: F811
    here, desk = asked(), visitor("ahausen")
    desk.force_login(cast.editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    offer = cast.public(title="Töpfern")
    way = f"/redaktion/angebote/{offer.pk}/intern/"
    assert "Gefördert durch" in text_of(desk.get(way))
    sent = {f"angabe_{here.funded.pk}": str(here.choice("Bund"))}
    assert desk.post(way, sent).url == way
    offer.refresh_from_db()
    assert offer.internal == {str(here.funded.pk): [here.choice("Bund")]}
    assert member.get(way).status_code == 404
    assert "Bund" not in text_of(visitor("ahausen").get(offer.get_absolute_url()))
    assert "Bund" not in text_of(member.get(f"/konto/angebote/{offer.pk}/bild/"))
    assert visitor("ahausen").get("/angebote/", {"q": "Bund"}).context["page"].paginator.count == 0


def test_a_retired_detail_is_shown_where_it_was_answered_and_not_asked(cast: Cast, member, visitor):  # noqa: F811
    here = asked()
    offer = cast.public(title="Töpfern", extras={str(here.bring.pk): "Schürze"})
    retire(here.bring, retired=True, by=cast.editor)
    assert "Schürze" in text_of(visitor("ahausen").get(offer.get_absolute_url()))
    assert "Was soll man mitbringen?" not in text_of(member.get(f"/konto/angebote/{offer.pk}/bild/"))


def test_the_page_asks_the_same_however_much_there_is(desk, ahausen, django_assert_max_num_queries):
    def statements() -> int:
        with django_assert_max_num_queries(40) as counted:
            desk.get(HERE)
        return len(counted)

    with inside(ahausen):
        asked()
    desk.get(HERE)
    few = statements()
    with inside(ahausen):
        for number in range(20):
            ExtraField.objects.create(name=f"Angabe {number}", position=number)
        for number in range(60):
            an_offer(extras={str(ExtraField.objects.first().pk): f"Text {number}"})
    assert statements() == few
