"""What changed since a moment, and what went: for whoever keeps a copy."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest

from portal.interfaces.asking import Asked, make_cursor, no_cursor
from portal.interfaces.models import Change, Kind
from portal.offers.models import Offer

CURSOR = "changes"
# A transaction notes the moment of its beginning. What began before this and is not over yet may still come.
_AS_OF = (
    "SELECT coalesce(min(xact_start), statement_timestamp()) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend' AND xact_start IS NOT NULL"
)


class Changed(NamedTuple):
    """A thing that changed; `gone` is why nobody finds it any more, or empty."""

    pk: int
    moment: datetime
    gone: str


def as_of() -> datetime:
    """Whoever asks next time for what changed since this moment misses nothing, and gets some things twice."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_OF)
        found: datetime = cursor.fetchone()[0]
    return found


def _changes(kind: Kind, now: datetime) -> QuerySet[Change, Any]:
    changes = Change.objects.filter(kind=kind)
    if kind != Kind.OFFER:
        over: Any = Value(value=False, output_field=BooleanField())
        return changes.annotate(over=over, moment=F("changed_at"))
    # Nobody changes an offer when its last date passes.
    changes = changes.annotate(
        ends=Subquery(Offer.objects.filter(pk=OuterRef("object_id")).values("ends_at"), output_field=DateTimeField())
    )
    is_over = Q(public=True, ends__lt=now)
    return changes.annotate(
        over=Case(When(is_over, then=Value(value=True)), default=Value(value=False)),
        moment=Case(When(is_over, then=Greatest("changed_at", "ends")), default=F("changed_at")),
    )


def changed_since(kind: Kind, asked: Asked, *, now: datetime) -> tuple[Sequence[Changed], str]:
    """One page of changes, the oldest first, and the cursor of the next page (empty: that was all)."""
    assert asked.since is not None
    rows = _changes(kind, now).filter(moment__gte=asked.since)
    if asked.cursor is not None:
        micros, pk = asked.at("m", int), asked.at("i", int)
        moment = _moment_of(micros)
        rows = rows.filter(Q(moment__gt=moment) | Q(moment=moment, object_id__gt=pk))
    found = [
        Changed(pk, moment, "" if public and not over else "over" if over else "withdrawn")
        for pk, moment, public, over in rows.order_by("moment", "object_id").values_list(
            "object_id", "moment", "public", "over"
        )[: asked.limit + 1]
    ]
    page = found[: asked.limit]
    if len(found) <= asked.limit:
        return page, ""
    last = page[-1]
    return page, make_cursor(CURSOR, m=_micros(last.moment), i=last.pk)


_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(moment: datetime) -> int:
    passed = moment - _BEGIN
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _moment_of(micros: int) -> datetime:
    try:
        return datetime.fromtimestamp(micros // 1_000_000, tz=UTC).replace(microsecond=micros % 1_000_000)
    except (ValueError, OverflowError, OSError):
        raise no_cursor() from None
