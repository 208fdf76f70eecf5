"""The short pages of the offer form in their order, and which of them asks for what."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.authoring import doors

# Where the list of one's offers stands.
LIST = doors.OWN.offers


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `asks` are the keys of the snapshot it writes, and names of problems it can solve."""

    slug: str
    name: Promise
    title: Promise
    onwards: Promise
    asks: tuple[str, ...] = ()


STEPS = (
    Step(
        "was",
        _("What"),
        _("What do you offer?"),
        _("Next: when?"),
        ("title", "summary", "categories", "target_groups", "min_age", "max_age"),
    ),
    Step(
        "wann",
        _("When"),
        _("When does it take place?"),
        _("Next: where, and what does it cost?"),
        ("schedule_kind", "schedules", "schedule_note"),
    ),
    Step(
        "wo",
        _("Where and costs"),
        _("Where is it, and what does it cost?"),
        _("Next: picture and text"),
        (
            *("locations", "venue", "online_url", "cost_kind", "cost_amount", "cost_text", "conditions"),
            *("registration_url", "accessibility", "accessibility_note"),
            *("contact_salutation", "contact_name", "contact_role", "contact_phone", "contact_email"),
        ),
    ),
    Step(
        "bild",
        _("Picture and text"),
        _("Would you like a picture and more text?"),
        _("Next: look at it and send it"),
        (
            *("images", "description", "speaker", "capacity", "course_number", "format", "cooperation", "video_url"),
            *("languages", "volunteering", "participate_note", "donate_note", "extras"),
        ),
    ),
    Step("pruefen", _("Check"), _("Almost done: look at it and send it"), _("Send")),
)
BY_SLUG = {step.slug: step for step in STEPS}


def solved_on(name: str, steps: Sequence[Step]) -> Step:
    """The page on which a problem is solved; a page's own name stands for what was typed there."""
    own = (step for step in steps if name == step.slug)
    asking = (step for step in steps if name in step.asks)
    return next(own, None) or next(asking, steps[0])


def step_of(name: str) -> Step:
    """The page of the offer form on which a problem is solved."""
    return solved_on(name, STEPS)


def along(
    steps: Sequence[Step], here: Step, address_of: Callable[[str], str], lacking: Iterable[str], typed: Container[str]
) -> list[dict[str, Any]]:
    """The steps with where one is, what is done and where something is wrong. `lacking` are names of problems, `typed`
    the pages on which something could not be understood."""
    lacks = {solved_on(name, steps).slug for name in lacking}
    at = steps.index(here)
    return [
        {
            "number": number + 1,
            "name": each.name,
            "url": address_of(each.slug),
            "current": each is here,
            "wrong": each.slug in typed or (each.slug in lacks and number < at),
            "done": each.slug not in lacks and each.slug not in typed and number < at,
        }
        for number, each in enumerate(steps)
    ]


def address(pk: int, slug: str) -> str:
    """The address of a page of an offer's form, behind the door somebody came through."""
    return doors.here().offer(pk, slug)
