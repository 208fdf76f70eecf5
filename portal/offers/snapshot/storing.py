"""Writing a snapshot to the rows of an offer, in as few statements as it changes things.

Children that say what they said keep their ids, and with them their occurrences and everything that points at them.
"""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.utils import timezone

from core.text import slug_of
from portal.media.snapshot import set_images
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.snapshot.checking import schedule_of, storable
from portal.offers.snapshot.content import LINKS, canonical, place_said, place_scalars, rule_said, scalars
from portal.offers.snapshot.there import There
from portal.offers.states import State
from portal.revisions.children import set_children, set_links
from portal.revisions.kinds import Applied, Content

# Keys that depend on one another in the tables' constraints: what is written with one is written with all.
TOGETHER = (
    frozenset({"cost_kind", "cost_amount", "cost_text"}),
    frozenset({"min_age", "max_age"}),
    frozenset({"schedule_kind", "schedules"}),
)
# Columns that are written whatever changes.
ALWAYS = frozenset({"slug", "updated_at", "ends_at", "last_editor"})
# What the searchable text is made of.
SEARCHED = frozenset(
    {"title", "summary", "description", "speaker", "course_number", "cooperation", "conditions", "format"}
    | {"categories", "target_groups", "locations", "extras"}
)


def apply(offer: Offer, content: Content, only: Collection[str] | None = None, *, searchable: bool = True) -> Applied:
    """Make the offer say this (or these keys of it), as far as it can be stored. Inside a transaction.

    `searchable=False`: the caller writes the searchable text of many offers at once.
    """
    names, possible, told = prepared(content, only)
    possible, vanished = There([(possible, names)]).known(possible, names)
    left_out = told + vanished
    for name in LINKS:
        if name in names:
            set_links(offer, name, possible[name])
    if "schedules" in names:
        _set_dates(offer, possible["schedules"])
    if "locations" in names:
        set_children(offer, "locations", possible["locations"], said=place_said, make=partial(place_made, offer))
    if "images" in names:
        possible["images"], gone = set_images(offer, possible["images"])
        left_out += gone
    _write_row(offer, possible, names)
    # A draft is found by nobody: its text is written for searching when it is handed in or published.
    drafting = only is not None and offer.state in {State.DRAFT, State.RETURNED}
    if searchable and not drafting and names & SEARCHED:
        refresh_search_text([offer])
    return Applied(possible, tuple(left_out))


def prepared(content: Content, only: Collection[str] | None) -> tuple[set[str], Content, list[str]]:
    """The keys to be written, what of the text the tables can hold, and sentences on what they cannot."""
    wanted = canonical(content)
    names = set(wanted) if only is None else _with_companions(set(only) & set(wanted))
    possible, told = storable(wanted, names)
    return names, possible, [sentence for name, sentence in told if name in names]


def _with_companions(names: set[str]) -> set[str]:
    for group in TOGETHER:
        if names & group:
            names |= group
    return names


def _write_row(offer: Offer, content: Content, names: set[str]) -> None:
    changed = spoken(offer, content, names)
    written = {name: getattr(offer, name) for name in (*changed, "slug", "updated_at", "ends_at")}
    Offer.objects.filter(pk=offer.pk).update(**written, last_editor=offer.last_editor_id)


def spoken(offer: Offer, content: Content, names: set[str]) -> set[str]:
    """Let the unsaved row say these keys of a text; returns the columns that say something else now."""
    values = scalars.row_values(content, names)
    if "extras" in names:
        values["extras"] = content["extras"]
    changed = {name: value for name, value in values.items() if getattr(offer, name) != value}
    for name, value in changed.items():
        setattr(offer, name, value)
    offer.slug = slug_of(offer.title, fallback="angebot")
    offer.updated_at = timezone.now()
    return set(changed)


def _set_dates(offer: Offer, rules: list[dict[str, Any]]) -> None:
    new = set_children(offer, "schedules", rules, said=rule_said, make=partial(schedule_made, offer))
    write_occurrences(new)
    offer.ends_at = end_of(schedule_of(rule) for rule in rules)


def schedule_made(offer: Offer, rule: dict[str, Any], position: int) -> Schedule:
    """A rule of an offer as an unsaved row."""
    made = schedule_of(rule, position)
    made.offer = offer
    return made


def place_made(offer: Offer, place: dict[str, Any], position: int) -> Location:
    """A place of an offer as an unsaved row."""
    return Location(offer=offer, position=position, **place_scalars.row_values(place, place))
