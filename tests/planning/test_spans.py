"""When an offer was public, as the database notes it, equals what a slow reference says that only knows the rule."""

import time
from datetime import timedelta
from importlib import import_module
from itertools import pairwise

from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.offers.models import Offer
from portal.planning.models import Span
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

FAR, SOON = timedelta(days=100), timedelta(milliseconds=60)
STEPS = ("publish", "pause", "hide", "show", "ends later", "ends now", "no end", "provider off", "provider on", "move",
         "touch", "delete")  # fmt: skip


def spans_of(offer: int) -> list[tuple]:
    return list(Span.objects.filter(offer_id=offer).order_by("since").values_list("since", "until", "provider_id"))


def take(step: str, pk: int, home: Provider, other: Provider) -> None:
    """One change, as some service or statement would make it."""
    row = Offer.objects.filter(pk=pk).first()
    if row is None:
        return
    now = timezone.now()
    changes = {
        "publish": {"state": "published", "published_at": row.published_at or now},
        "pause": {"state": "paused"},
        "hide": {"hidden_at": now},
        "show": {"hidden_at": None},
        "ends later": {"ends_at": now + FAR, "schedule_kind": "dates"},
        "ends now": {"ends_at": now + SOON, "schedule_kind": "dates"},
        "no end": {"ends_at": None},
        "move": {"provider": other if row.provider_id == home.pk else home},
        "touch": {"summary": "anders"},
    }
    if step == "delete":
        row.delete()
    elif step in changes:
        Offer.objects.filter(pk=pk).update(**changes[step])
    else:
        state = "published" if step == "provider on" else "paused"
        Provider.objects.filter(pk=row.provider_id).update(state=state)
    # On a busy machine a statement takes its time: the end is behind us only after it was written.
    time.sleep(1.2 * SOON.total_seconds() if step == "ends now" else 0.002)


def is_public(pk: int) -> int | None:
    """Whose offer it is for everybody at this moment; None where it is nobody's to see."""
    row = Offer.objects.current().filter(pk=pk).first()
    return row.provider_id if row else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
@example(steps=["provider off", "publish", "provider on"])
@example(steps=["hide", "publish", "show"])
@example(steps=["ends now", "publish", "no end"])
def test_spans_say_at_every_moment_what_could_be_seen(own_database, steps):
    seen = []
    with inside(municipality("ahausen")):
        home, other = a_provider(), a_provider()
        offer = an_offer(provider=home, state="draft", published_at=None)
        for step in steps:
            take(step, offer.pk, home, other)
            seen.append((timezone.now(), is_public(offer.pk)))
            time.sleep(0.001)
        spans = spans_of(offer.pk)
    for moment, provider in seen:
        covering = [span for span in spans if span[0] <= moment and (span[1] is None or moment < span[1])]
        assert [span[2] for span in covering] == ([provider] if provider else []), (steps, spans)
    assert all(until is None or since < until for since, until, _provider in spans)
    assert all(first[1] is not None and first[1] <= second[0] for first, second in pairwise(spans))


def test_what_was_public_elsewhere_before_counts_from_then_on(ahausen):
    with inside(ahausen):
        then = timezone.now() - timedelta(days=900)
        offer = an_offer(published_at=then)
        assert spans_of(offer.pk) == [(then, None, offer.provider_id)]
        Offer.objects.filter(pk=offer.pk).update(state="paused")
        Offer.objects.filter(pk=offer.pk).update(state="published")
        assert [since > then for since, _until, _provider in spans_of(offer.pk)] == [False, True]


def test_statements_for_many_rows_note_each_of_them(ahausen, django_assert_num_queries):
    with inside(ahausen):
        provider = a_provider()
        offers = [an_offer(provider=provider) for _number in range(5)]
        Provider.objects.filter(pk=provider.pk).update(state="paused")
        assert Span.objects.filter(until=None).count() == 0
        Provider.objects.filter(pk=provider.pk).update(state="published")
        assert Span.objects.filter(until=None).count() == 5
        Offer.objects.filter(pk__in=[each.pk for each in offers[:3]]).delete()
        assert Span.objects.filter(until=None).count() == 2
        assert Span.objects.count() == 10


def test_the_log_of_states_tells_what_was_before_the_spans(ahausen):
    """What the migration takes from the log equals what was noted while it happened."""
    from_log = import_module("portal.planning.migrations.0002_followed").BEFORE
    with inside(ahausen):
        offer = an_offer()
        for state in ("paused", "published", "paused", "published"):
            Offer.objects.filter(pk=offer.pk).update(state=state)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO audit_entry (at, actor, action, target_type, target_id, target, changes,"
                    " previous_hash, entry_hash) VALUES (statement_timestamp(), 'x', 'state', 'offers.offer', %s, '',"
                    " jsonb_build_object('state', jsonb_build_array('?', %s::text)), '', '')",
                    [str(offer.pk), state],
                )
        noted = spans_of(offer.pk)
        Span.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(from_log)
        told = spans_of(offer.pk)
        assert len(told) == len(noted) == 3
        for one, other in zip(noted, told, strict=True):
            assert abs(one[0] - other[0]) < timedelta(seconds=1)
            assert (one[1] is None) == (other[1] is None)
            assert one[1] is None or abs(one[1] - other[1]) < timedelta(seconds=1)
