"""What is remembered of all offers is at every request what the database says, whatever changed and whenever."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offers import editing, ledger
from portal.offers.condition import with_condition_key
from portal.offers.ledger import CONDITIONS, Moving
from portal.offers.models import Location, Offer, OfferImage
from portal.offers.states import State
from portal.offers.upkeep import with_marks
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.revisions.models import Revision
from portal.revisions.models import State as RevisionState
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer


def traits():
    """Some questions."""
    pictures, places = OfferImage.objects.values("offer"), Location.objects.values("offer")
    return (~Q(title="Ohne"), Q(pk__in=pictures), Q(pk__in=places))


def told(now):
    """All that the ledger says, by the number of the offer."""
    known = ledger.ledger("test", traits)
    conditions, upkeep = known.conditions(Moving.now(), now), known.upkeep(now)
    answers = zip(*(known.has(bit).tolist() for bit in range(len(traits()))), strict=True)
    columns = (known.providers, conditions, upkeep.soon, upkeep.unchecked, known.online(now))
    lines = zip(*(column.tolist() for column in columns), answers, strict=True)
    return {
        pk: (provider, CONDITIONS[condition].value, *rest)
        for pk, (provider, condition, *rest) in zip(known.ids.tolist(), lines, strict=True)
    }


def asked(now):
    """The same of the database, row by row."""
    rows = with_marks(Offer.objects.all(), now=now)
    having = [set(Offer.objects.filter(fits).values_list("pk", flat=True)) for fits in traits()]
    online = set(
        Offer.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=now), state=State.PUBLISHED).values_list(
            "pk", flat=True
        )
    )
    return {
        each.pk: (each.provider_id, each.condition, each.ends_soon, each.unchecked, each.pk in online,
                  tuple(each.pk in fitting for fitting in having))
        for each in rows
    }  # fmt: skip


@st.composite
def an_entry(draw):
    """What matters of an offer, in all combinations."""
    pick = st.sampled_from
    return {
        "state": draw(pick(list(State))),
        "ends": draw(pick([None, -40, -1, 0, 1, 20, 27, 28, 29, 400])),
        "reviewed": draw(pick([None, 1, 182, 183, 184, 400])),
        "changed": draw(pick([1, 182, 183, 184, 400])),
        "hidden": draw(st.booleans()),
        "revision": draw(pick([None, "working", "submitted", "returned", "returned and seen"])),
        "title": draw(pick(["Ohne", "Mit"])),
    }


def make(entry, now):
    """The offer as it stands there."""
    ends = None if entry["ends"] is None else now + timedelta(days=entry["ends"])
    offer = an_offer(
        title=entry["title"],
        state=entry["state"],
        schedule_kind="none" if ends is None else "dates",
        ends_at=ends,
        reviewed_at=None if entry["reviewed"] is None else timezone.localdate(now) - timedelta(days=entry["reviewed"]),
    )
    changed = now - timedelta(days=entry["changed"])
    Offer.objects.filter(pk=offer.pk).update(updated_at=changed, hidden_at=now if entry["hidden"] else None)
    if state := entry["revision"]:
        given = {"kind": "offer", "subject_id": offer.pk, "content": {}, "format": 1}
        settled = {"submitted_at": now, "settled_at": now}
        if state == "working":
            Revision.objects.create(**given)
        elif state == "submitted":
            Revision.objects.create(**given, **settled, state=RevisionState.SUBMITTED, waits_for="editors")
        else:
            seen = now if state.endswith("seen") else None
            Revision.objects.create(
                **given, **settled, state=RevisionState.RETURNED, decided_at=now, reason="Darum", seen_at=seen
            )


@given(st.lists(an_entry(), max_size=8), st.sampled_from([0, 1, 30, 200]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_says_what_the_database_says_at_any_time(db, entries, later):
    with inside(municipality("ahausen")), transaction.atomic():
        Offer.objects.all().delete()
        now = timezone.now()
        for entry in entries:
            make(entry, now)
        for when in (now, now + timedelta(days=later)):
            assert told(when) == asked(when)
        transaction.set_rollback(True)


@pytest.fixture
def town(own_database):
    with inside(municipality("ahausen")):
        Preferences.load()
        yield a_provider(name="Turnverein")


def test_after_each_change_it_is_as_the_database_says(town, monkeypatch):
    offers = [an_offer(title=f"Kurs {number}", provider=town) for number in range(6)]
    other, now = a_provider(name="Chor"), timezone.now()
    read = []
    load = ledger.load
    monkeypatch.setattr(ledger, "load", lambda questions, only=None: read.append(only) or load(questions, only))
    one, two, three = ({"pk": each.pk} for each in offers[:3])
    changes = [
        lambda: Offer.objects.filter(**one).update(state=State.PAUSED),
        lambda: Offer.objects.filter(**one).update(title="Ohne"),
        lambda: Offer.objects.filter(**two).update(provider=other),
        lambda: Offer.objects.filter(**two).update(
            schedule_kind="dates", ends_at=now + timedelta(days=1), reviewed_at=now.date()
        ),
        lambda: Offer.objects.filter(**two).update(ends_at=now - timedelta(days=1)),
        lambda: Offer.objects.filter(**three).update(hidden_at=now),
        lambda: Offer.objects.filter(pk=offers[3].pk).update(reviewed_at="2020-01-01"),
        lambda: Location.objects.create(offer=offers[0], city="Ahausen"),
        lambda: Location.objects.all().delete(),
        lambda: OfferImage.objects.create(
            offer=offers[4], kind="hero", alt_text="x", image="x.webp", copyright="Wir", width=9, height=9
        ),
        lambda: an_offer(title="Neu", provider=other),
        offers[5].delete,
        lambda: [an_offer(title=f"Noch {number}", provider=other) for number in range(3)],
        lambda: editing.trash(offers[0], by=None),
        lambda: connection.cursor().execute("UPDATE offers_offer SET state = 'archived' WHERE state = 'published'"),
        lambda: Provider.objects.filter(pk=other.pk).update(name="Chor der Stadt"),
    ]  # fmt: skip
    before = asked(now)
    assert told(now) == before
    for number, change in enumerate(changes):
        change()
        read.clear()
        after = asked(now)
        assert told(now) == after, f"change {number}"
        # Only the offers it was about were read again, and after that none.
        assert all(only is not None and len(only) <= 9 for only in read), (number, read)
        read.clear()
        assert told(now) == after, f"change {number}, remembered"
        assert not read
        if number < len(changes) - 1:
            assert after != before, f"change {number} changed nothing"
        before = after


def test_where_much_changed_all_is_read_anew(town, monkeypatch):
    monkeypatch.setattr(ledger, "FEW", 2)
    for number in range(6):
        an_offer(title=f"Kurs {number}", provider=town)
    now = timezone.now()
    assert told(now) == asked(now)
    Offer.objects.update(hidden_at=now)
    assert told(now) == asked(now)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE offers_offer CASCADE")
    assert told(now) == asked(now) == {}


def test_time_passes_without_a_change(town):
    now = timezone.now()
    an_offer(provider=town, schedule_kind="dates", ends_at=now + timedelta(minutes=2))
    before = told(now)
    with time_machine.travel(now + timedelta(minutes=3), tick=False):
        assert told(timezone.now()) == asked(timezone.now()) != before


def test_what_waits_counts_at_once_though_it_tells_nobody(town):
    offer = an_offer(provider=town)
    now = timezone.now()
    before = told(now)
    given = {"kind": "offer", "subject_id": offer.pk, "content": {}, "format": 1, "waits_for": "editors"}
    Revision.objects.create(**given, state=RevisionState.SUBMITTED, submitted_at=now, settled_at=now)
    assert told(now) == asked(now) != before


def test_the_condition_is_the_one_of_the_lists(db):
    with inside(municipality("ahausen")):
        an_offer()
        (row,) = with_condition_key(Offer.objects.all())
        assert row.condition == CONDITIONS[ledger.ledger("test", traits).conditions(Moving.now(), timezone.now())[0]]
