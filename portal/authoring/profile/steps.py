"""The short pages of the profile in their order, and which of them asks for what."""

from django.utils.translation import gettext_lazy as _

from portal.authoring import doors
from portal.authoring.steps import Step, solved_on

STEPS = (
    Step(
        "wer",
        _("Who you are"),
        _("Who are you?"),
        _("Next: address and contact"),
        ("name", "tagline", "summary", "description", "categories", "carrier"),
    ),
    Step(
        "kontakt",
        _("Address and contact"),
        _("How does one find and reach you?"),
        _("Next: opening hours"),
        (
            *("street", "postcode", "city", "latitude", "longitude", "precision", "district"),
            *("phone", "phone_2", "email", "website"),
            *("contact_salutation", "contact_name", "contact_role", "contact_phone", "contact_email"),
        ),
    ),
    Step(
        "zeiten",
        _("Opening hours"),
        _("When are you there?"),
        _("Next: pictures and facts"),
        (
            *("opening_hours", "opening_notes", "opening_hours_note"),
            *("closed_on_holidays", "closed_in_school_holidays"),
        ),
    ),
    Step(
        "bilder",
        _("Pictures and facts"),
        _("Would you like to show pictures and facts?"),
        _("Next: look at it and send it"),
        ("images", "facts", "employees", "volunteering"),
    ),
    Step("pruefen", _("Check"), _("Almost done: look at it and send it"), _("Send")),
)
BY_SLUG = {step.slug: step for step in STEPS}


def step_of(name: str) -> Step:
    """The page of the profile on which a problem is solved."""
    return solved_on(name, STEPS)


def home(pk: int) -> str:
    """The overview of an organisation's profile."""
    return doors.here().home(pk)


def address(pk: int, slug: str) -> str:
    """The address of a page of the profile."""
    return doors.here().profile(pk, slug)
