"""Writing the snapshots of many offers in few statements: the same as `apply` of each, one after the other.

`tests/revisions/test_many.py` compares both ways in every column, child and occurrence.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from core.bulk import write_columns
from portal.media.snapshot import set_images, take_images
from portal.offers.models import Location, Offer
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.snapshot.checking import schedule_of
from portal.offers.snapshot.content import LINKS, place_said, rule_said
from portal.offers.snapshot.storing import ALWAYS, place_made, prepared, schedule_made, spoken
from portal.offers.snapshot.there import There
from portal.revisions.children import remove_rows, set_children_of_many, set_links_of_many
from portal.revisions.kinds import Applied, Content

LISTS = frozenset({"languages"})
Wish = tuple[Offer, Content, Collection[str] | None]
"""What an offer is to say: all of the text, or these keys of it."""


@dataclass(slots=True)
class _Text:
    offer: Offer
    names: set[str]
    possible: Content
    left_out: list[str]
    changed: set[str] = field(default_factory=set)


def apply_many(wishes: Iterable[Wish]) -> list[Applied]:
    """Make offers say this, each once. Inside a transaction, under the caller's locks, with everything fetched that a
    snapshot reads (`portal.revisions.bulk.fetched`); to be completed (`bulk.complete`) before it is read again.

    The caller writes the searchable text of all at once.
    """
    texts = [_Text(offer, *prepared(content, only)) for offer, content, only in wishes]
    there = There([(each.possible, each.names) for each in texts])
    for each in texts:
        each.possible, vanished = there.known(each.possible, each.names)
        each.left_out += vanished
    for name in LINKS:
        set_links_of_many([(each.offer, each.possible[name]) for each in texts if name in each.names], name)
    _set_dates([each for each in texts if "schedules" in each.names])
    _set_places([each for each in texts if "locations" in each.names])
    for each in texts:
        _set_pictures(each)
        each.changed = spoken(each.offer, each.possible, each.names)
    _write_rows(texts)
    return [Applied(each.possible, tuple(each.left_out)) for each in texts]


def _set_dates(texts: Sequence[_Text]) -> None:
    wanted = [(each.offer, each.possible["schedules"]) for each in texts]
    write_occurrences(set_children_of_many(wanted, "schedules", said=rule_said, make=schedule_made))
    for each in texts:
        each.offer.ends_at = end_of(schedule_of(rule) for rule in each.possible["schedules"])


def _set_places(texts: Sequence[_Text]) -> None:
    wanted = [(each.offer, each.possible["locations"]) for each in texts]
    # Past the signal that writes the searchable text of each offer whose place goes.
    remove = partial(remove_rows, Location)
    set_children_of_many(wanted, "locations", said=place_said, make=place_made, remove=remove)


def _set_pictures(each: _Text) -> None:
    """One by one: no table brings pictures, nor does a calendar."""
    if "images" not in each.names or each.possible["images"] == take_images(each.offer):
        return
    each.possible["images"], gone = set_images(each.offer, each.possible["images"])
    each.left_out += gone


def _write_rows(texts: Sequence[_Text]) -> None:
    """Whatever changed in one of them is written of all: they are locked, so nobody else's word is overwritten."""
    rows = [each.offer for each in texts]
    changed = {name for each in texts for name in each.changed}
    lists = changed & LISTS
    write_columns(rows, sorted((changed - LISTS) | ALWAYS))
    if lists:
        Offer.objects.bulk_update(rows, sorted(lists))
