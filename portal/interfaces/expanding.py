"""What is put into records on demand: providers, topics, target groups and coming dates, in a few statements."""

from collections.abc import Collection
from datetime import datetime

from portal.interfaces.others import category_record, group_record, provider_record, with_parts
from portal.interfaces.records import Record, day_record
from portal.offers.models import Occurrence
from portal.providers.models import Provider
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree

OFFER = ("provider", "categories", "target_groups", "dates")
# Coming dates of one offer; the list of dates has all.
MOST_DATES = 20


def expand_offers(records: Collection[Record], wanted: Collection[str], *, base: str, now: datetime) -> None:
    """Put what is wanted into these offers."""
    if "provider" in wanted:
        _providers(records, base)
    if "categories" in wanted:
        nodes = load_tree().nodes
        for record in records:
            chosen = [nodes[pk] for pk in record["category_ids"] if pk in nodes]
            record["categories"] = [category_record(node, base) for node in chosen]
    if "target_groups" in wanted:
        ids = {pk for record in records for pk in record["target_group_ids"]}
        groups = {pk: group_record(group, base) for pk, group in TargetGroup.objects.in_bulk(ids).items()}
        for record in records:
            record["target_groups"] = [groups[pk] for pk in record["target_group_ids"] if pk in groups]
    if "dates" in wanted:
        dates = _dates([record["id"] for record in records], now)
        for record in records:
            record["dates"] = dates.get(record["id"], [])


def _providers(records: Collection[Record], base: str) -> None:
    ids = {record["provider_id"] for record in records}
    found = {row.pk: provider_record(row, base) for row in with_parts(Provider.objects.public().filter(pk__in=ids))}
    for record in records:
        record["provider"] = found.get(record["provider_id"])


def _dates(ids: list[int], now: datetime) -> dict[int, list[Record]]:
    """The next dates of each offer; one statement."""
    found: dict[int, list[Record]] = {}
    rows = Occurrence.objects.filter(offer__in=ids, ends_at__gte=now).order_by("offer_id", "starts_at", "pk")
    for row in rows:
        dates = found.setdefault(row.offer_id, [])
        if len(dates) < MOST_DATES:
            dates.append(day_record(row))
    return found
