"""Something done with many offers at once: first what will happen, then the possible is done and the rest is told."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from tests.authoring.test_own_list import LIST, entered, fill, text_of, weekly
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast, change

__all__ = ["cast", "entered"]
BULK = f"{LIST}sammeln/"


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a summary, and the choice that is ticked."""
    form = page[page.index(f'action="{BULK}"') :]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    ticked = re.search(r'type="radio" name="(\w+)" value="([^"]*)" checked', form)
    return found | ({ticked[1]: ticked[2]} if ticked else {})


def done(client, deed: str, *offers: Offer, **more: str):
    """Tick, look at the summary, say yes; the page after it."""
    page = text_of(client.post(BULK, {"tun": deed, "wahl": [offer.pk for offer in offers]} | more))
    return client.post(BULK, fields_of(page) | {"ja": "1"}, follow=True)


def state_of(offer: Offer) -> str:
    return Offer.objects.get(pk=offer.pk).state


def test_a_summary_changes_nothing_and_says_what_is_not_possible(cast: Cast, entered):
    runs, over = cast.public(title="Chor"), cast.public(
        title="Sommerfest", schedule_kind="dates", ends_at=timezone.now() - timedelta(days=2)
    )  # fmt: skip
    paused = cast.public(title="Boule", state=State.PAUSED)
    client = entered(cast.member)
    page = text_of(client.post(BULK, {"tun": "pausieren", "wahl": [runs.pk, over.pk, paused.pk]}))
    assert "Noch ist nichts geschehen. Bei 1 Angebot geht es, bei den anderen nicht." in page
    assert "Niemand sieht es, bis Sie es wieder zeigen." in page
    cannot = page[page.index("Das geht nicht") :]
    assert re.search(r">Sommerfest</p> ?<p>Es ist abgelaufen\.<", cannot)
    assert re.search(r">Boule</p> ?<p>Es ist schon pausiert\.<", cannot)
    assert state_of(runs) == State.PUBLISHED
    after = text_of(client.post(BULK, fields_of(page) | {"ja": "1"}, follow=True))
    assert state_of(runs) == State.PAUSED
    assert state_of(over) == State.PUBLISHED
    assert "Pausiert: 1." in after
    assert "„Sommerfest“: Es ist abgelaufen." in after


def test_paused_offers_are_shown_again(cast: Cast, entered):
    offer = cast.public(state=State.PAUSED)
    done(entered(cast.member), "zeigen", offer)
    assert state_of(offer) == State.PUBLISHED
    assert Entry.objects.filter(target_id=str(offer.pk), action="state").count() == 1


@pytest.mark.parametrize(
    ("rule", "may_publish", "who", "label", "state"),
    [
        (ApprovalRule.PROVIDERS, True, "member", "Veröffentlichen", State.PUBLISHED),
        (ApprovalRule.OFFERS, True, "member", "An die Redaktion schicken", State.SUBMITTED),
        (ApprovalRule.PROVIDERS, False, "member", "Der Leitung vorlegen", State.SUBMITTED),
        (ApprovalRule.PROVIDERS, False, "administrator", "Veröffentlichen", State.PUBLISHED),
    ],
)
def test_sending_follows_the_rules_of_approval(cast: Cast, entered, rule, may_publish, who, label, state):
    cast.rule(rule)
    cast.club.members_may_publish = may_publish
    cast.club.save()
    complete, empty = cast.draft(title="Fertig"), editing.start(cast.club, by=cast.member)
    if who == "administrator":
        editing.discard_working(complete, by=cast.member)
    client = entered(getattr(cast, who))
    page = text_of(client.get(LIST))
    assert f'value="abschicken">{label}<' in page
    assert ("Veröffentlichen<" in page) == (label == "Veröffentlichen")
    after = text_of(done(client, "abschicken", complete, empty))
    assert state_of(complete) == state
    assert state_of(empty) == State.DRAFT
    assert "Es fehlt noch: der Titel" in after


def test_sending_twice_sends_once(cast: Cast, entered):
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft()
    client = entered(cast.member)
    asked = {"tun": "abschicken", "wahl": offer.pk}
    fields, in_another_tab = (fields_of(text_of(client.post(BULK, asked))) | {"ja": "1"} for _tab in range(2))
    client.post(BULK, fields)
    assert "Es ist schon abgeschickt." in text_of(client.post(BULK, in_another_tab, follow=True))
    # A second tap on the same page is led to where the first led.
    assert client.post(BULK, in_another_tab).status_code == 302
    assert Revision.objects.of("offer", offer.pk).waiting().count() == 1


@time_machine.travel("2026-11-28 10:00+01:00")
def test_extending_says_the_new_end_and_moves_it_once(cast: Cast, entered):
    cast.rule(ApprovalRule.PROVIDERS)
    offer = weekly(cast.public(title="Nähcafé"), until=timezone.now().replace(year=2026, month=12, day=18))
    client = entered(cast.member)
    page = text_of(client.post(BULK, {"tun": "verlaengern", "wahl": offer.pk, "zeitraum": "3m"}))
    assert "Bisher bis Freitag, 18. Dezember, dann bis Donnerstag, 18. März 2027." in page
    fields = fields_of(page) | {"ja": "1"}
    for _click in range(2):
        client.post(BULK, fields)
    assert Offer.objects.get(pk=offer.pk).schedules.get().rrule.endswith("UNTIL=20270318")
    assert Revision.objects.of("offer", offer.pk).filter(state="applied", informed=True).count() == 1


@time_machine.travel("2026-11-28 10:00+01:00")
def test_another_period_is_worked_out_before_anything_happens(cast: Cast, entered):
    cast.rule(ApprovalRule.PROVIDERS)
    offer = weekly(cast.public(), until=timezone.now().replace(year=2026, month=12, day=18))
    client = entered(cast.member)
    fields = fields_of(text_of(client.post(BULK, {"tun": "verlaengern", "wahl": offer.pk})))
    shown = text_of(client.post(BULK, fields | {"zeitraum": "1j", "ja": "1"}))
    assert "dann bis Samstag, 18. Dezember 2027." in shown
    assert "20261218" in Offer.objects.get(pk=offer.pk).schedules.get().rrule
    client.post(BULK, fields_of(shown) | {"ja": "1"})
    assert "20271218" in Offer.objects.get(pk=offer.pk).schedules.get().rrule


def test_extending_waits_where_changes_need_approval_and_leaves_what_is_being_written(cast: Cast, entered):
    cast.rule(ApprovalRule.CHANGES)
    offer = weekly(cast.public(title="Nähcafé"), until=timezone.now() + timedelta(days=9))
    change(offer, cast.member, title="Unfertiger Titel")
    before = snapshot.take(Offer.objects.get(pk=offer.pk))
    after = done(entered(cast.member), "verlaengern", offer)
    assert "Neues Ende eingetragen: 1." in text_of(after)
    assert snapshot.take(Offer.objects.get(pk=offer.pk)) == before
    waiting = editing.waiting_for(offer)
    assert waiting.content["title"] == "Nähcafé"
    assert waiting.content["schedules"] != before["schedules"]
    assert editing.working_of(offer, by=cast.member).content["title"] == "Unfertiger Titel"
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    draft = editing.begin(offer, by=cast.member)
    assert (draft.content["title"], draft.content["schedules"]) == ("Unfertiger Titel", waiting.content["schedules"])


def test_extending_stands_on_the_change_that_waits(cast: Cast, entered):
    cast.rule(ApprovalRule.CHANGES)
    offer = weekly(cast.public(title="Nähcafé"), until=timezone.now() + timedelta(days=9))
    change(offer, cast.member, title="Näh-Café")
    editing.submit(offer, by=cast.member)
    done(entered(cast.member), "verlaengern", offer)
    waiting = editing.waiting_for(offer)
    assert waiting.content["title"] == "Näh-Café"
    assert waiting.content["schedules"] != snapshot.take(offer)["schedules"]


def test_what_was_taken_down_after_the_summary_is_not_sent_in_anew(cast: Cast, entered):
    offer = weekly(cast.public(title="Nähcafé"), until=timezone.now() + timedelta(days=9))
    client = entered(cast.member)
    fields = fields_of(text_of(client.post(BULK, {"tun": "verlaengern", "wahl": offer.pk})))
    editing.take_down(offer, by=cast.editor, reason="Bitte den Ort nennen.")
    editing.submit(offer, by=cast.member)
    waiting = editing.waiting_for(offer)
    page = text_of(client.post(BULK, fields | {"ja": "1"}, follow=True))
    assert "„Nähcafé“: Es ist nicht veröffentlicht. Seine Termine können Sie im Formular ändern." in page
    with pytest.raises(PermissionDenied):
        editing.extend(offer, by=cast.member, until=timezone.localdate() + timedelta(days=99))
    assert editing.waiting_for(offer) == waiting
    assert editing.waiting_for(offer).content == waiting.content


def test_what_has_no_end_or_only_days_cannot_be_extended(cast: Cast, entered):
    draft, plain = cast.draft(title="Entwurf"), cast.public(title="Beratung")
    page = text_of(entered(cast.member).post(BULK, {"tun": "verlaengern", "wahl": [draft.pk, plain.pk]}))
    assert "Das geht hier nicht." in page
    assert "Es hat keine Termine." in page
    assert "Seine Termine können Sie im Formular ändern." in page
    assert 'name="ja"' not in page


def test_a_season_later_there_is_one_draft_on_the_same_weekday(cast: Cast, entered):
    offer = weekly(cast.public(title="Nähcafé"), until=timezone.now() + timedelta(days=9))
    first = offer.schedules.get().first_date
    client = entered(cast.member)
    for _click in range(2):
        done(client, "saison", offer)
    copy = Offer.objects.exclude(pk=offer.pk).get(provider=cast.club)
    assert (copy.title, copy.state) == ("Nähcafé", State.DRAFT)
    assert copy.schedules.get().first_date == first + timedelta(days=364)
    # Somebody goes on with the copy; then another one is another one.
    change(copy, cast.member, title="Nähcafé 2027")
    done(client, "saison", offer)
    assert Offer.objects.filter(provider=cast.club).count() == 3


def test_copying_twice_in_a_moment_makes_one(cast: Cast, entered):
    offer = cast.public(title="Chor")
    client = entered(cast.member)
    first, second = (client.post(f"{LIST}{offer.pk}/kopieren/").url for _click in range(2))
    assert first == second
    assert Offer.objects.filter(title="Chor").count() == 2


def test_beginning_twice_in_a_moment_begins_one_until_something_is_written(cast: Cast, entered):
    client = entered(cast.member)
    first, second = (client.post(f"{LIST}neu/").url for _tap in range(2))
    assert first == second
    draft = Offer.objects.latest("pk")
    editing.autosave(draft, {"title": "Chor"}, by=cast.member, base=editing.begin(draft, by=cast.member).base)
    assert client.post(f"{LIST}neu/").url != first


def test_still_right_is_noted_with_todays_date(cast: Cast, entered):
    offer, draft = cast.public(reviewed_at=date(2026, 1, 5)), cast.draft()
    after = text_of(done(entered(cast.member), "stimmt", offer, draft))
    assert Offer.objects.get(pk=offer.pk).reviewed_at == timezone.localdate()
    assert "Heute geprüft: 1." in after
    entry = Entry.objects.get(action="confirm")
    day = str(timezone.localdate())
    assert entry.changes == {"reviewed_at": ["2026-01-05", day], "how": "signed_in"}


def test_the_bin_keeps_for_thirty_days_and_gives_back(cast: Cast, entered):
    offer, draft = cast.public(title="Chor"), cast.draft(title="Neu")
    member, administrator = entered(cast.member), entered(cast.administrator)
    after = text_of(done(member, "papierkorb", offer, draft))
    assert "„Chor“: Das kann nur, wer Ihre Organisation hier leitet." in after
    assert (state_of(offer), state_of(draft)) == (State.PUBLISHED, State.TRASHED)
    assert "Papierkorb (1" in text_of(done(administrator, "papierkorb", offer)) or state_of(offer) == State.TRASHED
    Offer.objects.filter(pk=offer.pk).update(trashed_at=timezone.now() - timedelta(days=9))
    lost = text_of(administrator.get(f"{LIST}papierkorb/"))
    assert "Noch 21 Tage, dann wird es endgültig gelöscht." in lost
    assert "Tage übrig: 21" in text_of(administrator.get(LIST))
    back = administrator.post(BULK, {"tun": "zurueckholen", "wahl": [offer.pk, draft.pk], "ja": "1"})
    assert back.url == f"{LIST}papierkorb/"
    assert (state_of(offer), state_of(draft)) == (State.PUBLISHED, State.DRAFT)
    assert "Im Papierkorb liegt nichts" in text_of(administrator.get(f"{LIST}papierkorb/"))


def test_all_of_a_selection_are_ticked_across_pages(cast: Cast, entered):
    offers = [an_offer(title=f"Kurs {number}", provider=cast.club) for number in range(30)]
    other = an_offer(title="Chor", provider=cast.club)
    client = entered(cast.member)
    page = text_of(client.get(LIST, {"q": "Kurs", "alle": "1"}))
    assert "Alle 30 sind angekreuzt, auf jeder Seite." in page
    assert page.count('form="auswahl"') == page.count('" checked>') == 25
    assert 'href="?q=Kurs&amp;alle=1&amp;seite=2"' in page
    # One of this page is unticked, the five of the other page stay.
    shown = re.findall(r'name="gezeigt" value="(\d+)"', page)
    sent = {"tun": "pausieren", "alle": "1", "auswahl": "q=Kurs", "gezeigt": shown, "wahl": shown[1:]}
    summary = text_of(client.post(BULK, sent))
    assert "Es geht um 29 Angebote." in summary
    client.post(BULK, fields_of(summary) | {"ja": "1"})
    assert Offer.objects.filter(state=State.PAUSED).count() == 29
    assert state_of(other) == State.PUBLISHED
    assert {state_of(offer) for offer in offers if str(offer.pk) == shown[0]} == {State.PUBLISHED}


def test_more_than_one_part_is_done_part_by_part(cast: Cast, entered, monkeypatch):
    monkeypatch.setattr("portal.authoring.own.bulk.PART", 3)
    offers = [an_offer(provider=cast.club) for _number in range(7)]
    client = entered(cast.member)
    page = text_of(client.post(BULK, {"tun": "pausieren", "wahl": [offer.pk for offer in offers]}))
    assert "4 weitere folgen danach." in page
    for left in (4, 1, 0):
        answer = client.post(BULK, fields_of(page) | {"ja": "1"})
        assert Offer.objects.filter(state=State.PUBLISHED).count() == left
        page = text_of(answer) if left else ""
    assert answer.url == LIST


def test_without_a_tick_or_an_action_nothing_is_lost(cast: Cast, entered):
    offer = cast.public()
    client = entered(cast.member)
    nothing = client.post(BULK, {"tun": "pausieren", "auswahl": "q=Chor"}, follow=True)
    assert nothing.redirect_chain == [(f"{LIST}?q=Chor", 302)]
    assert "Bitte kreuzen Sie zuerst mindestens ein Angebot an." in text_of(nothing)
    asked = client.post(BULK, {"tun": "", "wahl": offer.pk})
    assert asked.status_code == 400
    assert f'name="wahl" value="{offer.pk}"' in asked.content.decode()


def test_offers_of_others_are_not_touched(cast: Cast, entered):
    foreign = an_offer(title="Geheim", provider=cast.other_club)
    client = entered(cast.member)
    for deed in ("pausieren", "papierkorb", "stimmt", "saison", "verlaengern", "abschicken", "zurueckholen"):
        answer = client.post(BULK, {"tun": deed, "wahl": [foreign.pk, "x", "9" * 30], "ja": "1"}, follow=True)
        assert "Geheim" not in text_of(answer)
    assert snapshot.take(Offer.objects.get(pk=foreign.pk)) == snapshot.take(foreign)
    assert Offer.objects.get(pk=foreign.pk).reviewed_at is None
    assert Offer.objects.filter(provider=cast.other_club).count() == 1


@pytest.mark.parametrize("deed", ["abschicken", "verlaengern", "saison", "pausieren"])
def test_a_summary_asks_as_many_questions_for_four_as_for_sixty(cast: Cast, entered, deed):
    client = entered(cast.member)
    numbers = []
    for more in (1, 14):
        fill(cast, more)
        ids = list(Offer.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            text_of(client.post(BULK, {"tun": deed, "wahl": ids}))
        numbers.append(sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 30
