"""What filters and their values are called."""

from django.utils.translation import gettext as _

from portal.offers.languages import language_name
from portal.search.wording import weekday_names
from portal.taxonomy.models import District, TargetGroup
from portal.usage.searched import AGES


def names_of_districts() -> dict[int, str]:
    """All districts in their order."""
    return dict(District.objects.values_list("pk", "name"))


def filter_label(name: str) -> str:
    """What a filter is called; empty for what is none of its own."""
    labels = {
        "zielgruppe": _("Target group"),
        "ortsteil": _("District"),
        "ort": _("Place and radius"),
        "zeitraum": _("From a day, to a day"),
        "wochentag": _("Weekday"),
        "uhrzeit": _("Time of day"),
        "alter": _("Age"),
        "kostenfrei": _("Free of charge"),
        "barrierefrei": _("Barrier-free"),
        "engagement": _("Volunteering"),
        "online": _("Online"),
        "sprache_angebot": _("Language"),
        "angabe": _("Details of one's own"),
    }
    return labels.get(name, "")


class Values:
    """What values are called; the lists are read once."""

    def __init__(self) -> None:
        self._ids = {
            "ortsteil": names_of_districts(),
            "zielgruppe": dict(TargetGroup.objects.values_list("pk", "name")),
        }
        self._weekdays = weekday_names()

    def label(self, name: str, value: str) -> str:
        """Empty for what is gone, and for what has only one value."""
        if name in self._ids:
            return self._ids[name].get(int(value), "")
        if name == "wochentag":
            return self._weekdays.get(value, "")
        if name == "sprache_angebot":
            return language_name(value)
        return _years(int(value)) if name == "alter" else ""


def _years(first: int) -> str:
    later = [each for each in AGES if each > first]
    if not later:
        return _("from %(first)d years on") % {"first": first}
    return _("%(first)d to %(last)d years") % {"first": first, "last": min(later) - 1}
