"""All offers as files: JSON lines, CSV and GeoJSON. Read in five statements, a few hundred at a time."""

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction

from core.html import plain_text
from portal.interfaces.answering import encode
from portal.interfaces.integreat import places
from portal.interfaces.licences import licence_record
from portal.interfaces.records import Record, Teller
from portal.interfaces.rows import all_rows
from portal.interfaces.spooling import spooled
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree

# Bytes gathered before they are written.
PORTION = 2**16
PROVIDERS_AT_ONCE = 2000
_COLUMNS = (
    "id", "url", "title", "summary", "description", "provider_id", "provider_name", "categories", "target_groups",
    "markers", "min_age", "max_age", "languages", "venue", "place", "street", "postcode", "city", "district",
    "latitude", "longitude", "further_places", "online_url", "cost_kind", "cost_amount", "cost_text", "access",
    "accessibility", "accessibility_note", "conditions", "registration_url", "course_number", "capacity",
    "format", "cooperation", "volunteering", "participate_note", "donate_note", "video_url", "details",
    "schedule_kind", "schedule_note", "schedules", "phone", "contact_url", "calendar_url", "ends_at", "published_at",
    "updated_at", "checked_on",
)  # fmt: skip
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GEO_FIELDS = (
    "id", "url", "title", "summary", "provider_id", "provider_name", "category_ids", "target_group_ids", "min_age",
    "max_age", "languages", "venue", "cost", "accessibility", "volunteering", "schedule_kind", "ends_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What topics and target groups are called, and the terms of use."""

    categories: dict[int, str]
    groups: dict[int, str]
    licence: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its letters are made of the records."""

    media_type: str
    write: Callable[[Iterable[Record], Names], Iterator[str]]


def _json_lines(records: Iterable[Record], names: Names) -> Iterator[str]:
    """One offer a line, in the order of their numbers."""
    for record in records:
        yield encode(record)
        yield "\n"


def _geojson(records: Iterable[Record], names: Names) -> Iterator[str]:
    """RFC 7946: a point for each place that is somewhere on the map, with the offer it belongs to."""
    yield '{"type":"FeatureCollection","licence":' + encode(names.licence) + ',"features":['
    comma = ""
    for record in records:
        about = {name: record[name] for name in _GEO_FIELDS}
        for place in record["locations"]:
            if place["latitude"] is None:
                continue
            where = {name: place[name] for name in ("name", "street", "postcode", "city", "district", "precision")}
            point = {"type": "Point", "coordinates": [round(place["longitude"], 6), round(place["latitude"], 6)]}
            yield comma + encode({"type": "Feature", "geometry": point, "properties": {**about, "place": where}})
            comma = ","
    yield "]}\n"


def _csv(records: Iterable[Record], names: Names) -> Iterator[str]:
    """For spreadsheets: UTF-8 with its mark, semicolons, one line an offer."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    writer.writerow(_COLUMNS)
    for record in records:
        writer.writerow([_cell(value) for value in _line(record, names)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _line(record: Record, names: Names) -> list[Any]:
    """An offer on one line, in the order of the columns."""
    first, *further = record["locations"] or [{}]
    cost = record["cost"]
    flat = {
        **record,
        "description": plain_text(record["description"]),
        "categories": [names.categories.get(pk, "") for pk in record["category_ids"]],
        "target_groups": [names.groups.get(pk, "") for pk in record["target_group_ids"]],
        "place": first.get("name", ""),
        **{name: first.get(name) for name in ("street", "postcode", "city", "district", "latitude", "longitude")},
        "further_places": [_address(place) for place in further],
        "cost_kind": cost["kind"],
        "cost_amount": cost["amount"],
        "cost_text": cost["text"],
        "details": [f"{each['name']}: {each['value']}" for each in record["details"]],
        "schedules": [_rule(each) for each in record["schedules"]],
    }
    return [flat[name] for name in _COLUMNS]


def _address(place: Record) -> str:
    town = f"{place['postcode']} {place['city']}".strip()
    return ", ".join(part for part in (place["name"], place["street"], town, place["district"]) if part)


def _rule(schedule: Record) -> str:
    days = " – ".join(part for part in (schedule["first_date"], schedule["last_date"]) if part)
    times = "–".join(part for part in (schedule["start_time"], schedule["end_time"]) if part)
    return " ".join(part for part in (days, times, schedule["rrule"]) if part)


def _cell(value: Any) -> Any:
    """A value as a spreadsheet shows it, and never runs it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        value = " | ".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


FORMATS = {
    "jsonl": Format("application/jsonl; charset=utf-8", _json_lines),
    "csv": Format("text/csv; charset=utf-8", _csv),
    "geojson": Format("application/geo+json; charset=utf-8", _geojson),
}


def export(kind: str, base: str) -> tuple[IO[bytes], int, str]:
    """The file, its size in bytes and its tag."""
    # Read before the transaction, in which nothing is remembered.
    tree, teller = load_tree(), Teller.at(base)
    names = Names(
        {node.id: str(node.name) for node in tree},
        dict(TargetGroup.objects.values_list("pk", "name")),
        licence_record(),
    )
    return _filed(FORMATS[kind].write(map(teller.offer, all_rows(Offer.objects.current())), names))


def export_places() -> tuple[IO[bytes], int, str]:
    """The organisations for Integreat's import of places, its size in bytes and its tag."""
    providers = Provider.objects.public().order_by("pk").prefetch_related("opening_hours")
    return _filed(places(providers.iterator(chunk_size=PROVIDERS_AT_ONCE)))


def _filed(parts: Iterable[str]) -> tuple[IO[bytes], int, str]:
    digest = hashlib.sha256()

    def portions() -> Iterator[bytes]:
        for portion in _portions(parts):
            digest.update(portion)
            yield portion

    with transaction.atomic():
        file = spooled(portions())
    return file, os.fstat(file.fileno()).st_size, f'"{digest.hexdigest()[:32]}"'


def _portions(parts: Iterable[str]) -> Iterator[bytes]:
    gathered: list[str] = []
    size = 0
    for part in parts:
        gathered.append(part)
        size += len(part)
        if size >= PORTION:
            yield "".join(gathered).encode("utf-8", "replace")
            gathered, size = [], 0
    if gathered:
        yield "".join(gathered).encode("utf-8", "replace")
