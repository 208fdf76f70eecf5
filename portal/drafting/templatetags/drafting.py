"""What the pages of an offer's form show of proposals."""

from typing import Any

from django import template

from portal.drafting.proposals import Marks

register = template.Library()


@register.inclusion_tag("drafting/_proposal.html")
def proposal(marks: Marks, key: str) -> dict[str, Any]:
    """The question beside a field whose value was read and not confirmed yet; nothing for any other."""
    return {"mark": marks.by_key.get(key)}


@register.inclusion_tag("drafting/_beside.html")
def read_from(marks: Marks) -> dict[str, Any]:
    """What the proposals were read from, to compare."""
    return {"marks": marks, "reading": marks.reading, "shown": marks.shown}


@register.inclusion_tag("drafting/_above.html")
def read_from_above(marks: Marks) -> dict[str, Any]:
    """The same folded over the form, where the screen is too narrow for anything beside it."""
    return {"reading": marks.reading, "shown": marks.shown}


@register.simple_tag
def proposes(marks: Marks, *keys: str) -> bool:
    """Whether one of these values is open, so that a fold around it stands open."""
    return any(key in marks.by_key for key in keys)
