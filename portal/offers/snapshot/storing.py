"""Writing a snapshot to the rows of an offer, in as few statements as it changes things.

Children that say what they said keep their ids, and with them their occurrences and everything that points at them.
"""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import slug_of
from portal.media.snapshot import set_images
from portal.offer_fields import answers
from portal.offer_fields.reading import offer_fields
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.offers.snapshot.checking import schedule_of, storable
from portal.offers.snapshot.content import LINKS, canonical, place_said, place_scalars, rule_said, scalars
from portal.offers.states import State
from portal.revisions.children import set_children, set_links
from portal.revisions.kinds import Applied, Content
from portal.taxonomy.aliases import followed, held, moved
from portal.taxonomy.models import Category, District, Marker, TargetGroup

LINKED = {"categories": Category, "target_groups": TargetGroup, "markers": Marker}
# Keys that depend on one another in the tables' constraints: what is written with one is written with all.
TOGETHER = (
    frozenset({"cost_kind", "cost_amount", "cost_text"}),
    frozenset({"min_age", "max_age"}),
    frozenset({"schedule_kind", "schedules"}),
)
# What the searchable text is made of.
SEARCHED = frozenset(
    {"title", "summary", "description", "speaker", "course_number", "cooperation", "conditions", "format"}
    | {"categories", "target_groups", "locations", "extras"}
)


def apply(offer: Offer, content: Content, only: Collection[str] | None = None, *, searchable: bool = True) -> Applied:
    """Make the offer say this (or these keys of it), as far as it can be stored. Inside a transaction.

    `searchable=False`: the caller writes the searchable text of many offers at once.
    """
    wanted = canonical(content)
    names = set(wanted) if only is None else _with_companions(set(only) & set(wanted))
    possible, told = storable(wanted, names)
    possible, vanished = _known(possible, names)
    left_out = [sentence for name, sentence in told if name in names] + vanished
    for name in LINKS:
        if name in names:
            set_links(offer, name, possible[name])
    if "schedules" in names:
        _set_dates(offer, possible["schedules"])
    if "locations" in names:
        set_children(offer, "locations", possible["locations"], said=place_said, make=_place_of(offer))
    if "images" in names:
        possible["images"], gone = set_images(offer, possible["images"])
        left_out += gone
    _write_row(offer, possible, names)
    # A draft is found by nobody: its text is written for searching when it is handed in or published.
    drafting = only is not None and offer.state in {State.DRAFT, State.RETURNED}
    if searchable and not drafting and names & SEARCHED:
        refresh_search_text([offer])
    return Applied(possible, tuple(left_out))


def _with_companions(names: set[str]) -> set[str]:
    for group in TOGETHER:
        if names & group:
            names |= group
    return names


def _write_row(offer: Offer, content: Content, names: set[str]) -> None:
    values = scalars.row_values(content, names)
    if "extras" in names:
        values["extras"] = content["extras"]
    changed = {name: value for name, value in values.items() if getattr(offer, name) != value}
    for name, value in changed.items():
        setattr(offer, name, value)
    offer.slug = slug_of(offer.title, fallback="angebot")
    offer.updated_at = timezone.now()
    written = {**changed, "slug": offer.slug, "updated_at": offer.updated_at}
    Offer.objects.filter(pk=offer.pk).update(**written, ends_at=offer.ends_at, last_editor=offer.last_editor_id)


def _set_dates(offer: Offer, rules: list[dict[str, Any]]) -> None:
    def made(rule: dict[str, Any], position: int) -> Any:
        schedule = schedule_of(rule, position)
        schedule.offer = offer
        return schedule

    new = set_children(offer, "schedules", rules, said=rule_said, make=made)
    write_occurrences(new)
    offer.ends_at = end_of(schedule_of(rule) for rule in rules)


def _place_of(offer: Offer) -> Any:
    def made(place: dict[str, Any], position: int) -> Location:
        return Location(offer=offer, position=position, **place_scalars.row_values(place, place))

    return made


def _known(content: Content, names: Collection[str]) -> tuple[Content, list[str]]:
    """Without what was deleted since, and a sentence on each kind of such things."""
    kept, told = dict(content), list[str]()
    sentences = {
        "categories": _("Some categories were left out: they do not exist any more."),
        "target_groups": _("Some target groups were left out: they do not exist any more."),
        "markers": _("Some markers were left out: they do not exist any more."),
    }
    for name, model in LINKED.items():
        if name not in names:
            continue
        there = held(model, kept[name])
        if len(there) < len(followed(model, kept[name])):
            told.append(sentences[name])
        kept[name] = sorted(there)
    if "extras" in names and kept["extras"]:
        kept["extras"], fewer = answers.known(kept["extras"], offer_fields())
        if fewer:
            told.append(_("Some details were left out: they are not asked here any more."))
    if "locations" in names:
        kept["locations"], gone = _in_districts(kept["locations"])
        told += gone
    return kept, told


def _in_districts(places: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    asked = {place["district"] for place in places if place["district"] is not None}
    there, today = held(District, sorted(asked)), moved(District)
    places = [{**place, "district": today.get(place["district"], place["district"])} for place in places]
    vanished = {place["district"] for place in places if place["district"] is not None}.difference(there)
    if not vanished:
        return places, []
    kept = [{**place, "district": None} if place["district"] in vanished else place for place in places]
    return kept, [_("A district was left out: it does not exist any more.")]
