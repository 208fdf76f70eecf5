"""What is filtered here as the beginning of a printed programme."""

from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from portal.inventory.models import Subject
from portal.offers.condition import Condition

# The names of the list's filters and those of the portal's search, which a programme asks. (Words are not among them:
# the list looks for parts of a title, the search for what is meant.)
_NAMES = {"thema": "kategorie", "ortsteil": "ortsteil", "zielgruppe": "zielgruppe"}
_SILENT = {("zustand", Condition.PUBLIC.value)}
_ORDER = {"reihenfolge", "alle", "seite"}


def programme_url(subject: Subject, query: str) -> str:
    """The page on which a programme of these offers begins; "" where a programme cannot ask for the same."""
    asked = [(name, value) for name, value in parse_qsl(query) if name not in _ORDER and (name, value) not in _SILENT]
    if subject != Subject.OFFERS or not asked or any(name not in _NAMES for name, _value in asked):
        return ""
    return f"{reverse('printing:new_programme')}?{urlencode([(_NAMES[name], value) for name, value in asked])}"
