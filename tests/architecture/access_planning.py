"""What planners keep, for `test_access.py`."""

from typing import Any

from accounts.models import User
from portal.planning.models import DistrictSheet, SavedView, Source, TravelStart
from portal.planning.report import keeping
from portal.planning.report.settings import Chosen, Settings
from portal.taxonomy.models import District


def planned(keeper: User) -> dict[str, Any]:
    """A file of figures, one of travel times, a view that an editor keeps, a comparison of districts and a report."""
    times = Source.objects.create(name="Verkehr", as_of="2026-01-01", file_name="wege.xlsx")
    TravelStart.objects.create(source=times, district=District.objects.create(name="Wegezeit"))
    return {
        "travel_source": times,
        "district_sheet": DistrictSheet.objects.create(name="Vergleich", indicators=["angebote"]),
        "report": keeping.begin("Bericht", Settings([Chosen("/auswertung/")]), rhythm="", readers=[], key="r", by=None),
        "area_source": Source.objects.create(name="Amt", as_of="2026-01-01", file_name="zahlen.xlsx"),
        "kept_view": SavedView.objects.create(owner=keeper, name="Monat", path="/auswertung/"),
    }
