"""The short pages of the offer form in their order, and which of them asks for what."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Where the list of one's offers stands.
LIST = "/konto/angebote/"


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
            *("languages", "volunteering", "participate_note", "donate_note"),
        ),
    ),
    Step("pruefen", _("Check"), _("Almost done: look at it and send it"), _("Send")),
)
BY_SLUG = {step.slug: step for step in STEPS}


def step_of(name: str) -> Step:
    """The page on which a problem is solved; a page's own name stands for what was typed there."""
    if name in BY_SLUG:
        return BY_SLUG[name]
    return next((step for step in STEPS if name in step.asks), STEPS[0])


def address(pk: int, slug: str) -> str:
    """The address of a page of an offer's form."""
    return f"/konto/angebote/{pk}/{slug}/"
