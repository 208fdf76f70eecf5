"""Whose mails were given up, of all municipalities in one place: counted now and then, shown to the operator."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Count, Min, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from mail.models import OutboxMessage
from operations.models import GivenUpMail
from tenants.models import Municipality
from tenants.running.context import PUBLIC, every, inside_public

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """A municipality with mails that were given up."""

    name: str
    slug: str
    number: int
    since: datetime
    counted_at: datetime


def count_everywhere() -> int:
    """Count them in every municipality of whatever state; return how many have any."""
    counts: dict[str, GivenUpMail] = {}
    unreadable = []
    for place in every():
        if place.schema_name == PUBLIC:
            continue
        try:
            found = OutboxMessage.objects.given_up().aggregate(
                number=Count("pk"), since=Min(Coalesce("failed_at", "created_at"))
            )
        except DatabaseError:
            # Its tables may wait for a rollout: what was counted last stays.
            logger.exception("Counting the mails of “%s” failed.", place.schema_name)
            unreadable.append(place.schema_name)
            continue
        if found["number"]:
            counts[place.schema_name] = GivenUpMail(schema_name=place.schema_name, counted_at=timezone.now(), **found)
    with inside_public(), transaction.atomic():
        GivenUpMail.objects.exclude(schema_name__in=[*counts, *unreadable]).delete()
        GivenUpMail.objects.bulk_create(
            counts.values(),
            update_conflicts=True,
            unique_fields=["schema_name"],
            update_fields=["number", "since", "counted_at"],
        )
    return len(counts)


def counted() -> list[Counted]:
    """Those with any, whose have waited longest first."""
    rows = list(GivenUpMail.objects.all())
    found = Municipality.objects.filter(schema_name__in=[row.schema_name for row in rows])
    names = {schema: (name, slug) for schema, name, slug in found.values_list("schema_name", "name", "slug")}
    return [
        Counted(*names[row.schema_name], row.number, row.since, row.counted_at)
        for row in rows
        if row.schema_name in names
    ]


def total() -> int:
    """All of them together."""
    return GivenUpMail.objects.aggregate(total=Sum("number"))["total"] or 0
