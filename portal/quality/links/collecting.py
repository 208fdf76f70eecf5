"""Bringing the table of links in line with what stands on the portal: every night, and after a change of one entry."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.quality.links.declared import places
from portal.quality.models import Link, LinkPlace
from tenants.urls import own_host

BATCH = 1000
Place = tuple[str, int, str]


def collect() -> None:
    """All links of the municipality we are inside."""
    _bring_in_line(places(), LinkPlace.objects.all())


def collect_of(kind: str, subject: int) -> None:
    """Those of one offer, provider or page."""
    _bring_in_line(places(kind, subject), LinkPlace.objects.filter(kind=kind, subject_id=subject))


@transaction.atomic
def _bring_in_line(found: Iterable[Place], kept: QuerySet[LinkPlace]) -> None:
    with connection.cursor() as cursor:
        # One after the other: two that write at once would both miss what the other adds.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('quality links'))")
    own = own_host()
    # A link to the portal itself is not asked for over the network.
    wanted = {place for place in found if (urlsplit(place[2]).hostname or "") != own}
    there = {(kind, subject, url): pk for pk, kind, subject, url in kept.values_list(
        "pk", "kind", "subject_id", "link__url")}  # fmt: skip
    for part in _batched(sorted(pk for place, pk in there.items() if place not in wanted)):
        LinkPlace.objects.filter(pk__in=part).delete()
    _add(sorted(wanted - there.keys()))
    Link.objects.filter(places__isnull=True).delete()


def _add(missing: list[Place]) -> None:
    now = timezone.now()
    for part in _batched(missing):
        urls = {url for _kind, _subject, url in part}
        Link.objects.bulk_create([Link(url=url, due_at=now) for url in sorted(urls)], ignore_conflicts=True)
        numbers = dict(Link.objects.filter(url__in=urls).values_list("url", "pk"))
        LinkPlace.objects.bulk_create(
            [LinkPlace(kind=kind, subject_id=subject, link_id=numbers[url]) for kind, subject, url in part],
            ignore_conflicts=True,
        )


def _batched(rows: list[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while part := list(islice(rest, BATCH)):
        yield part
