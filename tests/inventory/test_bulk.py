"""Bulk actions: the summary before, what is done and what is left, stopping, going on, taking back, who is told."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from mail.models import OutboxMessage
from portal.inventory.bulk import engine
from portal.inventory.models import BulkItem, BulkRun
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from portal.taxonomy.models import Category, Marker, TargetGroup
from tests.authoring.test_own_list import weekly
from tests.factories import a_provider, an_offer
from tests.inventory.conftest import finished, text_of

URL = "/redaktion/angebote/sammeln/"


def begun(desk, deed, ids, url=URL, **more):
    """Through the summary to a run, as somebody does it."""
    sent = {"tun": deed, "wahl": ",".join(map(str, ids)), **more}
    page = desk.post(url, sent).content.decode()
    key = page.split('name="schluessel" value="')[1].partition('"')[0]
    answer = desk.post(url, {**sent, "ja": "1", "schluessel": key, "gezeigt_fuer": more.get("welches", "")})
    assert answer.status_code == 302, answer.content.decode()
    return BulkRun.objects.latest("pk")


def test_the_summary_says_how_many_change_how_many_not_and_why_and_does_nothing(cast, desk):
    public = [an_offer(title=f"Kurs {n}", provider=cast.club) for n in range(3)]
    draft = cast.draft(title="Entwurf")
    page = text_of(desk.post(URL, {"tun": "pausieren", "wahl": [each.pk for each in (*public, draft)]}))
    assert "3 Angebote offline nehmen?" in page
    assert "Noch ist nichts geschehen." in page
    assert "1: Es ist ein Entwurf." in page
    assert "von 1 Anbieter:" in page
    assert "7 Tage lang lässt es sich mit einem Klick zurücknehmen." in page
    assert "1 Anbieter schreiben, was geschehen ist" in page
    assert set(Offer.objects.filter(provider=cast.club, title__startswith="Kurs").values_list("state", flat=True)) == {
        "published"
    }
    assert not BulkRun.objects.exists()


def test_it_runs_in_parts_tells_each_provider_once_and_writes_it_down(cast, desk, monkeypatch):
    monkeypatch.setattr(engine, "PART", 2)
    offers = [an_offer(title=f"Kurs {n}", provider=cast.club) for n in range(5)]
    other = an_offer(title="Chor", provider=cast.other_club)
    run = begun(desk, "pausieren", [each.pk for each in (*offers, other)], mail="1", grund="Termine fehlen")
    assert set(Offer.objects.values_list("state", flat=True)) == {"published"}
    engine.do_part(run=run.pk)
    run.refresh_from_db()
    assert (run.done, run.state) == (2, "running")
    assert "2 von 6" in text_of(desk.get(f"/redaktion/sammelaktionen/{run.pk}/"))
    finished(run)
    assert (run.done, run.refused, run.state) == (6, 0, "done")
    assert set(Offer.objects.values_list("state", flat=True)) == {"paused"}
    told = {mail.to: mail for mail in OutboxMessage.objects.all()}
    assert sorted(told) == ["administrator@verein.example", "stranger@verein.example"]
    mail = told["administrator@verein.example"]
    assert "5 Angebote von Turnverein" in mail.subject
    assert all(f"- Kurs {n}" in mail.body for n in range(5))
    assert "Termine fehlen" in mail.body
    assert "Chor" not in mail.body
    assert Entry.objects.filter(action="state", actor=cast.editor.email).count() == 6


def test_a_second_click_starts_nothing_new(cast, desk):
    offer = an_offer(provider=cast.club)
    sent = {"tun": "pausieren", "wahl": str(offer.pk), "ja": "1", "schluessel": "abc", "gezeigt_fuer": ""}
    assert desk.post(URL, sent).url == desk.post(URL, sent).url
    assert BulkRun.objects.count() == 1


def test_all_means_the_filter_of_that_moment(cast, desk):
    for number in range(60):
        an_offer(title=f"Kurs {number}", provider=cast.club)
    an_offer(title="Chor", provider=cast.club)
    page = desk.post(URL, {"tun": "pausieren", "alle": "1", "auswahl": "q=Kurs"}).content.decode()
    assert "60 Angebote offline nehmen?" in page
    numbers = page.split('name="wahl" value="')[1].partition('"')[0]
    an_offer(title="Kurs danach", provider=cast.club)
    desk.post(URL, {"tun": "pausieren", "wahl": numbers, "ja": "1", "schluessel": "k", "gezeigt_fuer": ""})
    assert finished(BulkRun.objects.get()).done == 60
    assert set(Offer.objects.filter(state="published").values_list("title", flat=True)) == {"Chor", "Kurs danach"}


def test_what_changed_since_the_summary_is_left_and_named(cast, desk):
    one, two = (an_offer(title=title, provider=cast.club) for title in ("Eins", "Zwei"))
    run = begun(desk, "pausieren", [one.pk, two.pk])
    editing.trash(two, by=cast.editor)
    finished(run)
    assert (run.done, run.refused) == (1, 1)
    page = text_of(desk.get(f"/redaktion/sammelaktionen/{run.pk}/"))
    assert "Zwei</a>:" in page
    assert Offer.objects.get(pk=two.pk).state == State.TRASHED


def test_it_is_stopped_and_goes_on_later(cast, desk, monkeypatch):
    monkeypatch.setattr(engine, "PART", 1)
    offers = [an_offer(provider=cast.club) for _n in range(4)]
    run = begun(desk, "pausieren", [each.pk for each in offers])
    engine.do_part(run=run.pk)
    desk.post(f"/redaktion/sammelaktionen/{run.pk}/anhalten/")
    engine.do_part(run=run.pk)
    assert Offer.objects.filter(state="paused").count() == 1
    assert "angehalten" in text_of(desk.get("/redaktion/sammelaktionen/"))
    desk.post(f"/redaktion/sammelaktionen/{run.pk}/fortsetzen/")
    assert finished(run).done == 4
    # Nothing to stop, nothing to go on with.
    for word in ("anhalten", "fortsetzen"):
        desk.post(f"/redaktion/sammelaktionen/{run.pk}/{word}/")
    run.refresh_from_db()
    assert run.state == "done"


def choices(cast):
    """Each deed with its rows, what it needs to be told, and what of an offer it changes."""
    group, marker = TargetGroup.objects.create(name="Ältere"), Marker.objects.create(name="Familienkarte")
    topic = Category.objects.create(name="Musik")
    public = {"provider": cast.club, "categories": [cast.sport]}
    return {
        "pausieren": (an_offer(**public), ""),
        "ablegen": (an_offer(**public), ""),
        "papierkorb": (an_offer(**public), ""),
        "zeigen": (an_offer(**public, state="paused"), ""),
        "stimmt": (an_offer(**public), ""),
        "verlaengern": (weekly(an_offer(**public), until=timezone.now() + timedelta(days=9)), "3m"),
        "categories_dazu": (an_offer(**public), str(topic.pk)),
        "categories_weg": (an_offer(**public), str(cast.sport.pk)),
        "target_groups_dazu": (an_offer(**public), str(group.pk)),
        "markers_dazu": (an_offer(**public), str(marker.pk)),
        "uebertragen": (an_offer(**public), str(cast.other_club.pk)),
    }


def whole(pk):
    """Everything of an offer that a deed may change."""
    offer = Offer.objects.get(pk=pk)
    kept = ("state", "state_reason", "provider_id", "reviewed_at", "taken_down_at", "published_at", "ends_at")
    return snapshot.take(offer), {name: getattr(offer, name) for name in kept}


@pytest.mark.parametrize("deed", [
    "pausieren", "ablegen", "papierkorb", "zeigen", "stimmt", "verlaengern", "categories_dazu", "categories_weg",
    "target_groups_dazu", "markers_dazu", "uebertragen",
])  # fmt: skip
def test_each_deed_is_done_and_taken_back_to_what_was_before(cast, desk, deed):
    offer, which = choices(cast)[deed]
    before = whole(offer.pk)
    run = begun(desk, deed, [offer.pk], welches=which)
    assert finished(run).done == 1
    assert whole(offer.pk) != before
    desk.post(f"/redaktion/sammelaktionen/{run.pk}/zuruecknehmen/")
    finished(run)
    assert (run.returned, run.kept) == (1, 0)
    assert whole(offer.pk) == before
    # Twice is once.
    desk.post(f"/redaktion/sammelaktionen/{run.pk}/zuruecknehmen/")
    assert whole(offer.pk) == before


def test_out_of_the_bin_and_back(cast, desk):
    offer = an_offer(provider=cast.club)
    editing.trash(offer, by=cast.editor)
    run = begun(desk, "zurueckholen", [offer.pk])
    finished(run)
    assert Offer.objects.get(pk=offer.pk).state == State.PUBLISHED
    engine.take_back(run, by=cast.editor)
    finished(run)
    assert Offer.objects.get(pk=offer.pk).state == State.TRASHED


def test_taking_back_leaves_what_somebody_changed_since(cast, desk):
    mine, theirs = (an_offer(title=title, provider=cast.club) for title in ("Meins", "Ihres"))
    run = finished(begun(desk, "pausieren", [mine.pk, theirs.pk]))
    editing.resume(theirs, by=cast.administrator)
    engine.take_back(run, by=cast.editor)
    finished(run)
    assert (run.returned, run.kept) == (1, 1)
    assert run.items.get(subject_id=theirs.pk).state == BulkItem.State.KEPT
    assert set(Offer.objects.values_list("state", flat=True)) == {"published"}


def test_what_was_stopped_halfway_is_taken_back_as_far_as_it_came_and_nobody_hears_of_it(cast, desk, monkeypatch):
    monkeypatch.setattr(engine, "PART", 1)
    offers = [an_offer(provider=cast.club) for _n in range(3)]
    run = begun(desk, "pausieren", [each.pk for each in offers], mail="1")
    engine.do_part(run=run.pk)
    engine.stop(run, by=cast.editor)
    run.refresh_from_db()
    assert engine.take_back(run, by=cast.editor)
    assert finished(run).returned == 1
    assert set(Offer.objects.values_list("state", flat=True)) == {"published"}
    assert not OutboxMessage.objects.exists()


def test_after_seven_days_it_stays(cast, desk):
    run = finished(begun(desk, "pausieren", [an_offer(provider=cast.club).pk]))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert not engine.take_back(run, by=cast.editor)
    assert Offer.objects.get().state == State.PAUSED


def test_a_topic_for_hundreds_sends_no_mail_and_waiting_texts_keep_it(cast, desk):
    cast.rule(ApprovalRule.CHANGES)
    topic, offer = Category.objects.create(name="Musik"), cast.public()
    base = editing.begin(offer, by=cast.member).base
    editing.autosave(offer, {"summary": "Neu gefasst"}, by=cast.member, base=base)
    waiting = editing.submit(offer, by=cast.member).revision
    OutboxMessage.objects.all().delete()
    finished(begun(desk, "categories_dazu", [offer.pk], welches=str(topic.pk)))
    assert not OutboxMessage.objects.exists()
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    assert waiting.content["summary"] == "Neu gefasst"
    assert topic.pk in waiting.content["categories"]
    assert list(Offer.objects.get(pk=offer.pk).categories.order_by("pk")) == [cast.sport, topic]
    assert Revision.objects.of("offer", offer.pk).filter(state="applied", note="Sammelaktion").count() == 1


def test_a_choice_is_asked_for_before_anything_happens(cast, desk):
    offer = an_offer(provider=cast.club)
    page = text_of(desk.post(URL, {"tun": "uebertragen", "wahl": str(offer.pk), "wer": "anderer", "ja": "1"}))
    assert "Bitte wählen Sie zuerst. Es ist nichts geschehen." in page
    assert "Anderer Verein" in page
    # Chosen, but not what the page said: it is shown first.
    sent = {"tun": "uebertragen", "wahl": str(offer.pk), "welches": str(cast.other_club.pk), "ja": "1"}
    assert "1 Angebot einem anderen Anbieter geben?" in text_of(desk.post(URL, {**sent, "gezeigt_fuer": ""}))
    assert not BulkRun.objects.exists()


def test_nothing_ticked_or_nothing_chosen_is_said(cast, desk):
    assert desk.post(URL, {"tun": "pausieren"}).status_code == 302
    answer = desk.post(URL, {"tun": "", "wahl": str(an_offer(provider=cast.club).pk)})
    assert answer.status_code == 400
    assert "Was ist zu tun?" in answer.content.decode()


def test_providers_are_approved_trusted_paused_and_brought_back(cast, desk):
    url = "/redaktion/anbieter/sammeln/"
    new = a_provider(name="Neuer Verein", state="submitted", published_at=None, summary="Wir sind neu.")
    Membership.objects.create(provider=new, user=cast.member, role=Membership.Role.ADMINISTRATOR)
    page = text_of(desk.post(url, {"tun": "freigeben", "wahl": [new.pk, cast.club.pk]}))
    assert "1 Profil freigeben?" in page
    assert "Es lässt sich nicht mit einem Klick zurücknehmen." in page
    finished(begun(desk, "freigeben", [new.pk], url))
    assert Provider.objects.get(pk=new.pk).state == "published"
    for deed, name in (("vertrauen", "trusted"), ("pausieren", "state"), ("ablegen", "state"), ("papierkorb", "state")):
        old = getattr(Provider.objects.get(pk=cast.club.pk), name)
        run = finished(begun(desk, deed, [cast.club.pk], url))
        assert getattr(Provider.objects.get(pk=cast.club.pk), name) != old
        engine.take_back(run, by=cast.editor)
        assert finished(run).returned == 1
        assert getattr(Provider.objects.get(pk=cast.club.pk), name) == old


def test_whoever_is_no_editor_any_more_goes_on_with_nothing(cast, desk):
    run = begun(desk, "pausieren", [an_offer(provider=cast.club).pk])
    cast.editor.is_active = False
    cast.editor.roles = []
    cast.editor.save()
    engine.do_part(run=run.pk)
    run.refresh_from_db()
    assert run.state == "stopped"
    assert Offer.objects.get().state == State.PUBLISHED


def test_two_editors_at_once_each_do_their_part(cast, desk, colleague):
    offers = [an_offer(provider=cast.club) for _n in range(3)]
    one = begun(desk, "pausieren", [each.pk for each in offers])
    two = begun(colleague, "papierkorb", [each.pk for each in offers])
    finished(two)
    finished(one)
    assert (two.done, one.done, one.refused) == (3, 0, 3)
    assert {item.reason for item in one.items.all()} != {""}
    assert set(Offer.objects.values_list("state", flat=True)) == {"trashed"}
