"""The last page: what is missing can be answered there, how long it takes here, whom people ask."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.media.models import MediaFile
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from portal.revisions.pace import usual_sentence, usual_time_to_decide
from portal.taxonomy.models import TargetGroup
from tests.authoring.filling import send
from tests.authoring.test_story import begun, member, photo  # noqa: F401
from tests.revisions.conftest import Cast, cast  # noqa: F401


def checked(client, offer) -> str:
    return client.get(f"/konto/angebote/{offer.pk}/pruefen/").content.decode()


def test_a_simple_answer_is_given_here_and_sent_along(cast: Cast, member):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft(summary="")
    group = TargetGroup.objects.create(name="Ältere")
    page = checked(member, offer)
    missing = page[page.index('class="missing"') : page.index("Das ist schon da")]
    assert "3 Angaben fehlen noch" in missing
    for question in ('name="summary"', 'name="cost_kind"', 'name="target_groups"'):
        assert question in missing
    assert "href" not in missing
    answer = send(member, f"/konto/angebote/{offer.pk}/pruefen/", "abschicken", summary="Kommen Sie.",
                  cost_kind="amount", cost_amount="7,50", target_groups=[str(group.pk)])  # fmt: skip
    assert answer.url == f"/konto/angebote/{offer.pk}/aenderung/"
    said = editing.content_of(editing.waiting_for(offer))
    assert (said["summary"], said["cost_amount"], said["target_groups"]) == ("Kommen Sie.", "7.50", [group.pk])


def test_what_nobody_must_answer_does_not_stop_it(cast: Cast, member):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft()
    assert "Was kostet es?" in checked(member, offer)
    send(member, f"/konto/angebote/{offer.pk}/pruefen/", "abschicken")
    assert Offer.objects.get(pk=offer.pk).state == State.SUBMITTED


def test_what_is_answered_is_kept_by_every_button(cast: Cast, member):  # noqa: F811
    offer = cast.draft(summary="")
    answer = send(member, f"/konto/angebote/{offer.pk}/pruefen/", "zurueck", summary="Noch eins.")
    assert answer.url.endswith("/bild/")
    assert editing.begin(offer, by=cast.member).content["summary"] == "Noch eins."


def test_what_cannot_be_understood_is_told_and_nothing_is_sent(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    answer = send(member, f"/konto/angebote/{offer.pk}/pruefen/", "abschicken", cost_kind="amount", cost_amount="viel")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("zum Beispiel 5 oder 7,50") == 2
    assert 'href="#id_cost_amount"' in text
    assert 'value="viel"' in text
    assert editing.waiting_for(offer) is None


def test_where_much_is_missing_links_lead_to_the_pages(cast: Cast, member):  # noqa: F811
    way = begun(member)
    page = member.get(f"{way}pruefen/").content.decode()
    missing = page[page.index('class="missing"') : page.index("</section>", page.index('class="missing"'))]
    assert f'href="{way}was/"' in missing
    assert 'name="title"' not in missing


def test_the_texts_of_a_picture_are_asked_here(cast: Cast, member):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft()
    way = f"/konto/angebote/{offer.pk}/"
    send(member, f"{way}wo/", cost_kind="free")
    send(member, f"{way}bild/", upload=photo(), copyright="Helga")
    page = checked(member, offer)
    assert "Was ist auf dem Bild zu sehen?" in page
    answer = send(member, f"{way}pruefen/", "abschicken", alt_text="Ein Ball", permission="on")
    assert answer.url == f"{way}aenderung/"
    (image,) = editing.content_of(editing.waiting_for(offer))["images"]
    assert image["alt_text"] == "Ein Ball"
    assert MediaFile.objects.get(pk=image["media"]).permission.startswith("bestätigt von")


def test_how_long_it_takes_is_said_in_words():
    assert usual_sentence(2) == "Das dauert meist 2 Werktage."
    assert usual_sentence(1) == "Das dauert meist 1 Werktag."
    assert usual_sentence(None) == ""


@pytest.mark.parametrize(("number", "told"), [(4, False), (5, True)])
def test_how_long_it_takes_here_is_told_from_five_decisions_on(cast: Cast, member, number, told):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    for at in range(number):
        offer = cast.draft(title=f"Kurs {at}")
        editing.submit(offer, by=cast.member)
        waiting = editing.waiting_for(offer)
        Revision.objects.filter(pk=waiting.pk).update(submitted_at=timezone.now() - timedelta(days=14))
        editing.approve(waiting, by=cast.editor, version=waiting.version)
    assert usual_time_to_decide("offer") == (10 if told else None)
    assert usual_time_to_decide("provider") is None
    page = checked(member, cast.draft(title="Neu"))
    assert ("Das dauert meist 10 Werktage." in page) is told


def test_another_contact_than_in_the_profile_is_asked_about(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    assert "Wen kann man fragen?" in checked(member, offer)
    cast.club.contact_name, cast.club.contact_phone = "Helga Brandt", "0681 1"
    cast.club.save()
    send(member, f"/konto/angebote/{offer.pk}/wo/", contact_name="Max", contact_phone="0681 2")
    assert "Hier fragt man Max, 0681 2, in Ihrem Profil steht Helga Brandt, 0681 1. Stimmt das?" in checked(
        member, offer
    )
    send(member, f"/konto/angebote/{offer.pk}/wo/", contact_name="Helga Brandt", contact_phone="0681 1")
    assert "in Ihrem Profil steht" not in checked(member, offer)


def test_at_most_nine_answers_make_an_offer_that_can_be_published(cast: Cast, member):  # noqa: F811
    """Counted: each answer is one field that somebody fills in; everything else is there already."""
    cast.rule(ApprovalRule.CHANGES)
    cast.club.street, cast.club.postcode, cast.club.city = "Breite Str. 63", "66115", "Saarbrücken"
    cast.club.save()
    group = TargetGroup.objects.create(name="Ältere")
    way = begun(member)
    pages = {
        "was": {
            "title": "Töpfern",
            "summary": "Mit Ton.",
            "topic": str(cast.sport.pk),
            "target_groups": [str(group.pk)],
        },
        "wann": {"kind": "weekly", "weekday": ["1"], "w_1_0_from": "10:00"},
        "wo": {"cost_kind": "free"},
        "bild": {},
    }
    assert sum(map(len, pages.values())) <= 9
    for page, answers in pages.items():
        assert send(member, f"{way}{page}/", **answers).status_code == 302
    page = member.get(f"{way}pruefen/").content.decode()
    assert 'class="missing"' not in page
    assert send(member, f"{way}pruefen/", "abschicken").url == f"{way}aenderung/"
    # A ninth: another place than one's own.
    other = cast.draft(title="Anderswo")
    send(member, f"/konto/angebote/{other.pk}/wo/", where="anderer", postcode="66115", cost_kind="free")
    assert editing.missing(editing.begin(other, by=cast.member).content) == []
