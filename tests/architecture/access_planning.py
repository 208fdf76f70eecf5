"""What planners keep, for `test_access.py`."""

from typing import Any

from accounts.models import User
from portal.planning.models import SavedView, Source


def planned(keeper: User) -> dict[str, Any]:
    """A file of figures, and a view that an editor keeps."""
    return {
        "area_source": Source.objects.create(name="Amt", as_of="2026-01-01", file_name="zahlen.xlsx"),
        "kept_view": SavedView.objects.create(owner=keeper, name="Monat", path="/auswertung/"),
    }
