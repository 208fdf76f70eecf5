"""What the shared catalogue has at addresses, for `test_access.py`."""

from typing import Any

from shared_categories import services
from shared_categories.models import Entry, Kind
from shared_categories.values import Link

BY = "Test"


def catalogued() -> dict[str, Any]:
    """Entries that are there and one that is not, a link, and a release."""
    entry = services.create(Kind.CATEGORY, by=BY, name="Bildung")
    services.link(entry, [Link("nace", "85", "close")], by=BY)
    gone = services.remove(services.create(Kind.CATEGORY, by=BY, name="Allerlei"), by=BY)
    release = services.issue_release("Die erste Ausgabe.", by=BY)
    services.create(Kind.CATEGORY, by=BY, name="Sport")
    return {
        "catalogue_entry": Entry.objects.get(pk=entry.pk),
        "catalogue_gone": gone,
        "catalogue_link": entry.mappings.get(),
        "catalogue_release": release,
    }
