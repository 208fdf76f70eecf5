"""Blocks made ready for their templates. What they point at is fetched once for all blocks of a page; what is gone is
left out for readers, and told to editors."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.blocks import plan, searching
from portal.blocks.models import Document
from portal.maps.outlines import Area, areas
from portal.media.models import MediaFile
from portal.offers.detail import host_of, phone_rows, website_rows
from portal.offers.profile import address_of
from portal.pages.drawing import Drawn
from portal.pages.shapes import Block, Data, Field, Kind, Shape, kind_of, pointers
from portal.preferences.models import Preferences
from portal.providers.cards import ProviderCard, provider_cards, with_provider_card_data
from portal.providers.models import OpeningHours, Provider
from portal.providers.presentation import closed_days, opening_table
from portal.search.providers import offer_counts
from tenants.running.storage import may_be_there

USUAL_NUMBER = 6
Row = TypeVar("Row", bound=Model)


class GoneError(Exception):
    """What a block shows does not exist (any more); the sentence is for editors."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a block, as the pictures of offers are drawn."""

    image: Any
    width: int
    height: int
    alt_text: str
    copyright: str
    caption: str = ""


@dataclass
class Pointed:
    """The rows that the blocks of a page point at."""

    pictures: dict[int, MediaFile] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    providers: dict[int, Provider] = field(default_factory=dict)
    _of_rooms: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """What the blocks of another room need, read for the first of them."""
        if name not in self._of_rooms:
            self._of_rooms[name] = read()
        return self._of_rooms[name]

    @cached_property
    def names(self) -> Preferences:
        """How things are called here."""
        return Preferences.current()

    @cached_property
    def counts(self) -> Counter[int]:
        """The number of current offers of each provider."""
        return offer_counts(timezone.now())

    @cached_property
    def shapes(self) -> list[Area]:
        """What maps are drawn on."""
        return areas()

    @classmethod
    def of(cls, blocks: list[Block]) -> "Pointed":
        """One statement a kind, and none for what is not there."""
        media, documents = pointers(blocks, Shape.PICTURE), pointers(blocks, Shape.DOCUMENT)
        return cls(
            _by_number(MediaFile.objects.filter(pk__in=media), media),
            _by_number(Document.objects.filter(pk__in=documents), documents),
            _providers(pointers(blocks, Shape.PROVIDER)),
        )


def _by_number(rows: QuerySet[Row], wanted: set[int]) -> dict[int, Row]:
    return {row.pk: row for row in rows} if wanted else {}


def _providers(wanted: set[int]) -> dict[int, Provider]:
    """Public ones; one that was merged into another is that other."""
    if not wanted:
        return {}
    merged = {row.pk: row.merged_into for row in Provider.objects.filter(pk__in=wanted).order_by() if row.merged_into}
    hours = Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens"))
    rows = with_provider_card_data(Provider.objects.public().filter(Q(pk__in=wanted) | Q(pk__in=merged.values())))
    found = {row.pk: row for row in rows.prefetch_related(hours)}
    return {pk: found[merged.get(pk, pk)] for pk in wanted if merged.get(pk, pk) in found}


def make(blocks: list[Block], _request: HttpRequest, all_of_them: bool) -> list[Drawn]:
    """See `portal.pages.drawing`."""
    shown = blocks if all_of_them else [each for each in blocks if not each["hidden"]]
    pointed = Pointed.of(shown)
    return [drawn for each in shown if (drawn := _made(each, pointed, all_of_them)) is not None]


def _made(block: Block, pointed: Pointed, all_of_them: bool) -> Drawn | None:
    kind = kind_of(block)
    if kind is None:
        return None
    problem, data = "", dict[str, Any]()
    try:
        data = _MAKERS.get(kind.name, _plain)(_complete(kind, block["data"]), pointed)
    except GoneError as error:
        problem = str(error)
    if problem and not all_of_them:
        return None
    return Drawn(block["id"], kind.name, kind.template, data, block["hidden"], problem)


def _complete(kind: Kind, data: Data) -> Data:
    """What is written, without entries that lack something."""

    def is_whole(fields: tuple[Field, ...], said: Data) -> bool:
        return all(each.name in said for each in fields if each.required)

    if not data or not is_whole(kind.fields, data):
        raise GoneError(_("It is still empty."))
    if not kind.items:
        return data
    return {**data, "items": [row for row in data["items"] if is_whole(kind.items, row)]}


def _plain(data: Data, _pointed: Pointed) -> Data:
    return data


def picture_of(data: Data, pointed: Pointed) -> Shown | None:
    """The picture of a block or of one of its entries."""
    media = pointed.pictures.get(data.get("picture", 0))
    if media is None or not may_be_there(str(media.file)):
        return None
    alt = "" if data.get("plain") else data.get("alt", "")
    return Shown(media.file, media.width, media.height, alt, data.get("credit", ""), data.get("caption", ""))


def _image(data: Data, pointed: Pointed) -> Data:
    found = picture_of(data, pointed)
    if found is None:
        raise GoneError(_("The picture does not exist any more. Please choose another one."))
    return {"picture": found}


def _gallery(data: Data, pointed: Pointed) -> Data:
    found = [each for row in data["items"] if (each := picture_of(row, pointed)) is not None]
    if not found:
        raise GoneError(_("It shows nothing: there is no picture in it, or they do not exist any more."))
    return {**data, "pictures": found}


def _tiles(data: Data, pointed: Pointed) -> Data:
    items = [{**row, "picture": picture_of(row, pointed)} for row in data["items"]]
    if not items:
        raise GoneError(_("It is still empty."))
    return {**data, "items": items}


def known_search(data: Data) -> searching.Wanted:
    """The search of a block of offers."""
    found = searching.wanted(data["search"])
    if found.lost:
        raise GoneError(
            _("The search asks for something that does not exist any more (%(what)s). Please choose another search.")
            % {"what": "; ".join(found.lost)}
        )
    return found


def _offers(data: Data, pointed: Pointed) -> Data:
    found = known_search(data)
    number = int(data.get("number") or USUAL_NUMBER)
    cards, total = searching.cards(found, number)
    return {**data, "cards": cards, "total": total, "url": found.address, "things": pointed.names.offers_name}


def _cards(data: Data, pointed: Pointed) -> list[ProviderCard]:
    found = (pointed.providers.get(row["provider"]) for row in data["items"])
    rows = list(dict.fromkeys(each for each in found if each is not None))
    return provider_cards(rows, names=pointed.names, counts=pointed.counts) if rows else []


def _provider_list(data: Data, pointed: Pointed) -> Data:
    cards = _cards(data, pointed)
    if not cards:
        raise GoneError(_("None of the providers is on the portal at the moment."))
    return {**data, "cards": cards}


def _contact(data: Data, pointed: Pointed) -> Data:
    own = {**data, "phones": phone_rows(data.get("phone", ""))}
    if "provider" not in data:
        if not any(name in data for name in ("name", "phone", "email", "role")):
            raise GoneError(_("It is still empty."))
        return own
    provider = pointed.providers.get(data["provider"])
    if provider is None:
        raise GoneError(_("The provider is not on the portal any more. Please choose another one."))
    return own | {
        "provider": provider,
        "address": address_of(provider),
        "phones": own["phones"] or phone_rows(provider.phone, provider.phone_2),
        "websites": website_rows(provider.website),
        "opening": opening_table(provider.opening_hours.all(), provider.opening_notes, now=timezone.now()),
        "closed": closed_days(provider),
        "write_url": f"{provider.get_absolute_url()}kontakt/" if provider.email or provider.contact_email else "",
    }


def _download(data: Data, pointed: Pointed) -> Data:
    rows = [{**row, "file": pointed.documents.get(row.get("document"))} for row in data["items"]]
    rows = [row for row in rows if row["file"] is not None and may_be_there(str(row["file"].file))]
    for row in rows:
        row["ending"] = PurePath(row["file"].name).suffix[1:].upper()
    if not rows:
        raise GoneError(_("There is no file in it, or they do not exist any more."))
    return {**data, "items": rows}


def _video(data: Data, _pointed: Pointed) -> Data:
    return {**data, "host": host_of(data["link"])}


def _questions(data: Data, _pointed: Pointed) -> Data:
    if not data["items"]:
        raise GoneError(_("It is still empty."))
    return data


def _map(data: Data, pointed: Pointed) -> Data:
    drawn = plan.plan_of(data["items"], pointed.shapes)
    if drawn is None:
        raise GoneError(_("It is still empty."))
    return {**data, "plan": drawn}


def _network(data: Data, pointed: Pointed) -> Data:
    websites = website_rows(data["link"]) if data.get("link", "").startswith("http") else []
    return {
        **data,
        "phones": phone_rows(data.get("phone", "")),
        "websites": websites,
        "cards": _cards(data, pointed),
    }


Making = Callable[[Data, Pointed], Data]
_MAKERS: dict[str, Making] = {
    "image": _image,
    "gallery": _gallery,
    "tiles": _tiles,
    "offers": _offers,
    "providers": _provider_list,
    "contact": _contact,
    "download": _download,
    "video": _video,
    "questions": _questions,
    "map": _map,
    "network": _network,
}


def drawn_by(kind: str, making: Making) -> None:
    """Let a room above say how blocks of its kind are made ready; GoneError where there is nothing to show."""
    _MAKERS[kind] = making
