"""What was done past the triggers is found at night, mended as the offers and the log say, and counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.offers.models import Offer
from portal.planning.models import Reconciliation, Span
from portal.planning.reconciling import differences, reconcile
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)


def logged(offer, state, at):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, actor, action, target_type, target_id, target, changes, previous_hash,"
            " entry_hash) VALUES (%s, 'x', 'state', 'offers.offer', %s, '', jsonb_build_object('state',"
            " jsonb_build_array('?', %s::text)), '', '')",
            [at, str(offer.pk), state],
        )


def unseen(model, pk, **changes):
    """A change that no trigger sees, as a table loaded by hand is."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    model.objects.filter(pk=pk).update(**changes)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def spans_of(offer):
    return list(Span.objects.filter(offer_id=offer.pk).order_by("since").values_list("since", "until", "provider_id"))


def counted():
    last = reconcile()
    return last.by_log, last.extra, last.other_end, last.missing


def test_nothing_is_touched_where_all_is_well(ahausen):
    with inside(ahausen):
        now = timezone.now()
        kept, paused = an_offer(published_at=now - 9 * DAY), an_offer()
        Offer.objects.filter(pk=paused.pk).update(state="paused")
        logged(paused, "paused", timezone.now())
        before = list(Span.objects.order_by("pk").values())
        assert counted() == (0, 0, 0, 0)
        assert list(Span.objects.order_by("pk").values()) == before
        assert differences() == 0
        assert spans_of(kept)


def test_each_kind_of_difference_is_mended_once_and_counted(ahausen):
    with inside(ahausen):
        now, other = timezone.now(), a_provider()
        begun = {"published_at": now - 20 * DAY}
        gone, hidden, unseen_new, longer, moved, off, overlong = (an_offer(**begun) for _number in range(7))
        unseen(Offer, gone.pk, state="paused")
        logged(gone, "paused", now - 3 * DAY)
        unseen(Offer, hidden.pk, hidden_at=now - 2 * DAY)
        Span.objects.filter(offer_id=unseen_new.pk).delete()
        unseen(Offer, longer.pk, ends_at=now + 5 * DAY, schedule_kind="dates")
        unseen(Offer, moved.pk, provider=other)
        unseen(Provider, off.provider_id, state="paused", updated_at=now - DAY)
        # The log says that it was away for two days; the span goes on over them.
        logged(overlong, "paused", now - 6 * DAY)
        logged(overlong, "published", now - 4 * DAY)
        assert counted() == (2, 3, 1, 2)
        assert differences() == 8
        assert [until for _since, until, _provider in spans_of(gone)] == [now - 3 * DAY]
        assert [until for _since, until, _provider in spans_of(hidden)] == [now - 2 * DAY]
        assert [until for _since, until, _provider in spans_of(off)] == [now - DAY]
        assert spans_of(unseen_new) == [(begun["published_at"], None, unseen_new.provider_id)]
        assert [until for _since, until, _provider in spans_of(longer)] == [now + 5 * DAY]
        first, second = spans_of(moved)
        assert (first[1], second[0], second[2]) == (second[0], first[1], other.pk)
        assert [(since, until) for since, until, _provider in spans_of(overlong)] == [
            (begun["published_at"], now - 6 * DAY),
            (now - 4 * DAY, None),
        ]
        # Mended is mended.
        assert counted() == (0, 0, 0, 0)
        assert Reconciliation.objects.count() == 2
        assert differences() == 0
