"""Merging two entries of one provider: nothing is lost, old addresses lead on, and what cannot be is refused."""

import threading
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import ManyToOneRel
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from mail.models import OutboxMessage
from portal.feedback.models import Case
from portal.inventory.merging import services
from portal.inventory.merging.moving import HANDLED, MOVES
from portal.inventory.merging.texts import PARTS, every_key
from portal.inventory.models import Note
from portal.media.models import MediaFile
from portal.offers import editing
from portal.offers.models import Offer
from portal.organisations.models import Invitation, JoinRequest, Registration, digest_of
from portal.providers import editing as profiles
from portal.providers import snapshot
from portal.providers.models import Membership, OpeningHours, Provider
from portal.revisions.models import Revision
from portal.usage.models import DailyOfferView
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.inventory.conftest import text_of

URL = "/redaktion/anbieter/zusammenfuehren/"
ADMINISTRATOR, MEMBER = Membership.Role.ADMINISTRATOR, Membership.Role.MEMBER


def test_every_foreign_key_to_a_provider_is_taken_along():
    """Whoever adds a table that hangs on providers says here what becomes of it."""
    found = set()
    for relation in Provider._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            found.add(f"{relation.related_model._meta.label_lower}.{relation.field.name}")
    assert found == set(HANDLED)
    assert set(HANDLED.values()) - {"text"} <= set(MOVES)


def test_every_field_of_the_text_is_a_part_that_can_be_chosen():
    assert every_key() == set(snapshot.canonical({}))
    assert len({part.name for part in PARTS}) == len(PARTS)


def furnished(dice: Random, people: list[User], name: str) -> Provider:
    """An entry with whatever may hang on it."""
    provider = a_provider(
        name=name,
        state=dice.choice(["published", "published", "paused", "draft"]),
        summary=dice.choice(["", f"Kurz {name}"]),
        email=dice.choice(["", f"{name}@verein.example"]),
        street=dice.choice(["", f"Weg {name}"]),
        city=dice.choice(["", "Ort"]),
        website=dice.choice(["", f"https://{name}.example"]),
    )
    for _n in range(dice.randint(0, 4)):
        offer = an_offer(provider=provider, state=dice.choice(["published", "draft", "paused", "archived"]))
        DailyOfferView.objects.create(offer_id=offer.pk, day=timezone.localdate(), count=3)
    for _n in range(dice.randint(0, 2)):
        Case.objects.create(kind="question", text="Wann?", sender_email="eva@example.org", provider=provider)
        MediaFile.objects.create(owner=provider, file=f"bild-{name}-{dice.random()}.webp")
    for _n in range(dice.randint(0, 1)):
        OpeningHours.objects.create(provider=provider, weekday=1, opens="09:00", closes="12:00")
        Note.objects.create(subject="anbieter", subject_id=provider.pk, text=f"Notiz {name}")
    populated(dice, provider, people)
    return provider


def populated(dice: Random, provider: Provider, people: list[User]) -> None:
    """Those who belong to it, ask to and are asked to."""
    inside_it = dice.sample(people, dice.randint(0, 3))
    for person in inside_it:
        Membership.objects.create(provider=provider, user=person, role=dice.choice([ADMINISTRATOR, MEMBER]))
    outside = [each for each in people if each not in inside_it]
    for person in dice.sample(outside, dice.randint(0, 2)):
        JoinRequest.objects.create(provider=provider, user=person)
    now = timezone.now()
    for each in dice.sample(["a", "b", "c"], dice.randint(0, 3)):
        Invitation.objects.create(
            provider=provider, email=f"{each}@neu.example", digest=digest_of(f"{provider}{each}"), created_at=now,
            expires_at=now + timedelta(days=7), role=dice.choice([ADMINISTRATOR, MEMBER]),
        )  # fmt: skip


def held(provider: Provider) -> dict:
    """What hangs on an entry, written down the slow and obvious way."""
    return {
        "offers": {each.pk: (each.title, each.state) for each in Offer.objects.filter(provider=provider)},
        "people": {each.user_id: each.role for each in Membership.objects.filter(provider=provider)},
        "requests": {each.pk for each in JoinRequest.objects.filter(provider=provider)},
        "asking": set(JoinRequest.objects.filter(provider=provider, state="waiting").values_list("user", flat=True)),
        "invitations": {each.pk for each in Invitation.objects.filter(provider=provider)},
        "invited": {each.email: each.role for each in Invitation.objects.filter(provider=provider, state="open")},
        "messages": {each.pk for each in Case.objects.filter(provider=provider)},
        "pictures": {each.pk for each in MediaFile.objects.filter(owner=provider)},
        "views": {
            each.pk: each.count
            for each in DailyOfferView.objects.filter(offer_id__in=Offer.objects.filter(provider=provider).values("pk"))
        },
        "notes": {each.text for each in Note.objects.filter(subject="anbieter", subject_id=provider.pk)},
    }


def greater(one: dict, other: dict) -> dict:
    """Roles of both; who has two keeps the greater."""
    found = dict(one)
    for key, role in other.items():
        found[key] = ADMINISTRATOR if ADMINISTRATOR in (role, found.get(key)) else role
    return found


@pytest.mark.parametrize("seed", range(25))
def test_whatever_hangs_on_two_entries_hangs_on_the_one_afterwards(cast, person, ahausen, seed):
    dice = Random(seed)
    people = [person(ahausen, email=f"mensch{n}@verein.example") for n in range(5)]
    stays, goes = (furnished(dice, people, name) for name in ("eins", "zwei"))
    if services.why_not(stays, goes):
        stays, goes = goes, stays
    one, other, before = held(stays), held(goes), snapshot.take(goes)
    own = snapshot.take(stays)
    services.merge(stays, goes, by=cast.editor)
    now, left = held(stays), held(goes)
    for name in ("offers", "messages", "pictures", "views"):
        assert now[name] == (one[name] | other[name]), name
    assert now["people"] == greater(one["people"], other["people"])
    assert now["requests"] == one["requests"] | other["requests"]
    assert now["asking"] == (one["asking"] | other["asking"]) - now["people"].keys()
    assert now["invitations"] == one["invitations"] | other["invitations"]
    assert now["invited"] == greater(one["invited"], other["invited"])
    assert all(text in "".join(now["notes"]) for text in one["notes"] | other["notes"])
    assert not any(left[name] for name in left if name != "notes")
    # The text: gaps are filled, nothing that was there is overwritten, and the old entry keeps all of its own.
    text = snapshot.take(Provider.objects.get(pk=stays.pk))
    for name in ("name", "summary", "email", "website"):
        assert text[name] == (own[name] or before[name]), name
    assert text["opening_hours"] == (own["opening_hours"] or before["opening_hours"])
    kept = Provider.objects.get(pk=goes.pk)
    assert snapshot.take(kept) == before
    assert (kept.state, kept.merged_into) == ("archived", stays.pk)
    last = Revision.objects.of("provider", goes.pk).history().first()
    assert last.content == before


def test_the_page_shows_field_by_field_and_what_is_chosen_becomes_the_text(cast, desk):
    Provider.objects.filter(pk=cast.club.pk).update(summary="Wir turnen.", email="turn@verein.example")
    double = a_provider(name="Turnverein e. V.", summary="Turnen für alle.", phone="0681 123", city="Ort")
    an_offer(title="Yoga", provider=double)
    page = desk.get(URL, {"a": cast.club.pk, "b": double.pk})
    text = text_of(page)
    assert "Wir turnen." in text
    assert "Turnen für alle." in text
    mark = page.content.decode().split('name="stand" value="')[1].partition('"')[0]
    sent = {"a": cast.club.pk, "b": double.pk, "stand": mark, "feld_summary": "b", "feld_name": "b", "ja": "1"}
    answer = desk.post(URL, sent)
    assert answer.url == f"/redaktion/anbieter/{cast.club.pk}/"
    found = Provider.objects.get(pk=cast.club.pk)
    assert (found.name, found.summary) == ("Turnverein e. V.", "Turnen für alle.")
    assert (found.email, found.phone, found.city) == ("turn@verein.example", "0681 123", "Ort")
    assert Offer.objects.get(title="Yoga").provider_id == cast.club.pk
    told = [mail.to for mail in OutboxMessage.objects.filter(subject__contains="zusammengeführt")]
    assert told == ["administrator@verein.example"]
    assert Entry.objects.get(action="merge").changes["offers"] == [Offer.objects.get(title="Yoga").pk]
    # Once more is no more.
    assert desk.post(URL, sent).status_code == 302
    assert Entry.objects.filter(action="merge").count() == 1


def test_what_was_changed_since_is_shown_once_more(cast, desk):
    double = a_provider(name="Doppelt")
    page = desk.get(URL, {"a": cast.club.pk, "b": double.pk}).content.decode()
    mark = page.split('name="stand" value="')[1].partition('"')[0]
    an_offer(provider=double)
    answer = desk.post(URL, {"a": cast.club.pk, "b": double.pk, "stand": mark, "ja": "1"})
    assert answer.status_code == 409
    assert Provider.objects.get(pk=double.pk).merged_into is None


def test_old_addresses_lead_to_the_newest_place_for_ever(cast, visitor):
    first, second, third = (a_provider(name=name) for name in ("Alpha", "Beta", "Gamma"))
    services.merge(second, first, by=cast.editor)
    services.merge(third, second, by=cast.editor)
    browser = visitor("ahausen")
    for old in (first, second):
        for tail in ("", "termine.ics", "bild.png"):
            answer = browser.get(f"/anbieter/{old.pk}-{old.slug}/{tail}")
            assert (answer.status_code, answer.url) == (301, f"/anbieter/{third.pk}-gamma/{tail}"), tail
    assert Provider.objects.get(pk=first.pk).merged_into == third.pk
    # However late, and whatever the words in the address.
    Provider.objects.filter(pk=first.pk).update(updated_at=timezone.now() - timedelta(days=4000))
    assert browser.get(f"/anbieter/{first.pk}-irgendwas/").url == f"/anbieter/{third.pk}-gamma/"
    # Where the newest is a draft, nobody is told of it.
    Provider.objects.filter(pk=third.pk).update(state="draft", published_at=None)
    assert browser.get(f"/anbieter/{first.pk}-alpha/").status_code == 404


def test_what_cannot_be_merged_is_refused_with_a_sentence(cast, desk):
    double = a_provider(name="Doppelt")
    cases = {
        "zweimal derselbe": (cast.club, cast.club),
        "gesperrt": (cast.club, a_provider(state="blocked")),
        "Papierkorb": (cast.club, a_provider(state="trashed", state_before="published")),
        "abgelegt": (a_provider(state="archived"), double),
        "nicht online": (a_provider(state="draft", published_at=None), double),
    }
    for word, (stays, goes) in cases.items():
        assert word in text_of(desk.get(URL, {"a": stays.pk, "b": goes.pk})), word
        answer = desk.post(URL, {"a": stays.pk, "b": goes.pk, "ja": "1"})
        assert answer.status_code == 400
        assert word in answer.content.decode()
    with pytest.raises(PermissionDenied):
        services.merge(cast.club, double, by=cast.administrator)
    assert not Provider.objects.filter(merged_into__isnull=False).exists()


def test_a_ring_is_refused_and_what_is_merged_stays_put_away(cast):
    one, two = a_provider(name="Eins"), a_provider(name="Zwei")
    services.merge(one, two, by=cast.editor)
    with pytest.raises(services.UnmergeableError):
        services.merge(two, one, by=cast.editor)
    with pytest.raises(services.UnmergeableError):
        services.merge(cast.club, two, by=cast.editor)
    gone = Provider.objects.get(pk=two.pk)
    for step in (profiles.resume, profiles.archive):
        with pytest.raises(ValidationError):
            step(gone, by=cast.editor)


def test_a_text_that_waits_counts_and_is_settled(cast):
    double = a_provider(name="Doppelt")
    Membership.objects.create(provider=double, user=cast.stranger, role=ADMINISTRATOR)
    cast.rule("changes")
    base = profiles.begin(double, by=cast.stranger).base
    profiles.autosave(double, {"summary": "Ganz neu.", "email": "x@verein.example"}, by=cast.stranger, base=base)
    waiting = profiles.submit(double, by=cast.stranger).revision
    services.merge(cast.club, double, by=cast.editor)
    waiting.refresh_from_db()
    assert waiting.state == "replaced"
    assert Provider.objects.get(pk=cast.club.pk).summary == "Ganz neu."


def test_registrations_and_waiting_offers_go_along(cast, person, ahausen):
    double = a_provider(name="Doppelt")
    cast.rule("changes")
    somebody = person(ahausen, email="wartet@verein.example")
    Registration.objects.create(user=somebody, provider=double, created_at=timezone.now())
    Membership.objects.create(provider=double, user=cast.stranger, role=ADMINISTRATOR)
    offer = editing.start(double, by=cast.stranger)
    base = editing.begin(offer, by=cast.stranger).base
    given = {"title": "Neu", "summary": "Neu.", "categories": [cast.sport.pk]}
    editing.autosave(offer, given, by=cast.stranger, base=base)
    waiting = editing.submit(offer, by=cast.stranger).revision
    services.merge(cast.club, double, by=cast.editor)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.waits_for) == ("submitted", "editors")
    assert Registration.objects.get(user=somebody).provider_id == cast.club.pk
    assert Offer.objects.get(pk=offer.pk).provider_id == cast.club.pk


def test_two_editors_merging_crosswise_at_once_end_with_one_of_the_two(own_database):
    town = municipality("ahausen")
    with inside(town):
        editor = User.objects.create_user("redaktion@ahausen.example", "ein-passwort-2026", roles=["editor"])
        one, two = a_provider(name="Eins"), a_provider(name="Zwei")
        an_offer(provider=one)
        an_offer(provider=two)
    said, gate = [], threading.Barrier(2)

    def work(stays, goes):
        try:
            with inside(town):
                gate.wait(20)
                services.merge(stays, goes, by=editor)
                said.append("merged")
        except services.UnmergeableError:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ((one, two), (two, one))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(said) == ["merged", "refused"]
    with inside(town):
        (gone,) = Provider.objects.filter(merged_into__isnull=False)
        assert Offer.objects.filter(provider=gone.merged_into).count() == 2
