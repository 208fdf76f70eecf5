"""From what changed in the tables to messages.

What the public sees of an offer, and when that changed, the database itself keeps (`portal.interfaces.models`), whoever
changed it and how. Here that is compared with what the addresses were told (`Told`); what differs is an event. So
nothing is missed that some way of changing forgot to tell, nothing is told twice, and an offer ends by the clock too.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from courier.signing import new_message
from portal.offers.models import Offer
from portal.webhooks.models import Delivery, Event, Hook, Told
from tenants.running.context import current_schema

MOST = 1000
# `now` is that of the transaction of a change; nobody changes an offer when its last date passes. What an offer only
# names is not in its message.
_NOW = """
    SELECT c.object_id AS offer, m.moment, v.visible
    FROM interfaces_change c LEFT JOIN offers_offer o ON o.id = c.object_id
    CROSS JOIN LATERAL (SELECT c.public AND coalesce(o.ends_at < %(now)s, false) AS over) AS w
    CROSS JOIN LATERAL (SELECT c.public AND NOT w.over AS visible) AS v
    CROSS JOIN LATERAL (
        SELECT CASE WHEN w.over THEN greatest(coalesce(c.own_at, c.changed_at), o.ends_at)
            ELSE coalesce(c.own_at, c.changed_at) END AS moment
    ) AS m
    WHERE c.kind = 'offer'
"""
# Not “later than”: a transaction notes its beginning, and who began first may end last.
_DIFFERENT = f"""
    SELECT n.offer, n.moment, n.visible, coalesce(t.public, false)
    FROM ({_NOW}) AS n LEFT JOIN webhooks_told t ON t.offer = n.offer
    WHERE (t.offer IS NULL AND n.visible) OR (t.moment <> n.moment) OR (t.public <> n.visible)
    ORDER BY n.moment, n.offer LIMIT %(most)s
"""  # noqa: S608 - put together from our own words
_KEEP = """
    INSERT INTO webhooks_told AS t (offer, public, moment)
    SELECT * FROM unnest(%s::bigint[], %s::boolean[], %s::timestamptz[])
    ON CONFLICT (offer) DO UPDATE SET public = excluded.public, moment = excluded.moment
"""
_ALL = f"INSERT INTO webhooks_told (offer, public, moment) SELECT offer, visible, moment FROM ({_NOW}) AS n"  # noqa: S608 (our own names)


class Happened(NamedTuple):
    """An offer of which the addresses know something else."""

    offer: int
    moment: datetime
    visible: bool
    before: bool

    @property
    def event(self) -> Event | None:
        """What that is to residents; None where it is nothing."""
        if self.visible:
            return Event.CHANGED if self.before else Event.PUBLISHED
        return Event.ENDED if self.before else None


def begin_to_follow() -> None:
    """What is there now is known from now on: nothing of it is told."""
    with transaction.atomic():
        _one_after_the_other()
        Told.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(_ALL, {"now": timezone.now()})


def follow(now: datetime) -> tuple[list[Delivery], bool]:
    """Messages of what differs, oldest first, and whether there is more. A few statements, however many there are."""
    with transaction.atomic():
        hooks = list(Hook.objects.active())
        if not hooks:
            return [], False
        _one_after_the_other()
        with connection.cursor() as cursor:
            cursor.execute(_DIFFERENT, {"now": now, "most": MOST})
            found = [Happened(*row) for row in cursor.fetchall()]
            columns: list[Any] = [
                [each.offer for each in found],
                [each.visible for each in found],
                [each.moment for each in found],
            ]
            cursor.execute(_KEEP, columns)
        return _written(hooks, found, now), len(found) == MOST


def _written(hooks: Iterable[Hook], found: list[Happened], now: datetime) -> list[Delivery]:
    titles = dict(Offer.objects.filter(pk__in=[each.offer for each in found]).values_list("pk", "title"))
    return Delivery.objects.bulk_create(
        Delivery(
            hook=hook,
            event=each.event,
            offer=each.offer,
            title=titles.get(each.offer, ""),
            at=each.moment,
            message=new_message(),
            next_try_at=now,
        )
        for each in found
        for hook in hooks
        if each.event is not None and each.event in hook.events
    )


def _one_after_the_other() -> None:
    """Two at once would tell the same."""
    with connection.cursor() as cursor:
        name = f"webhooks:{current_schema()}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
