"""What some deeds need besides the rows: by how much, which topic, to whom."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import clean_text
from portal.inventory.bulk.deeds import Deed
from portal.inventory.lists.offers import topic_options
from portal.offers.seasons import PERIODS
from portal.offers.transfer import CLOSED
from portal.providers.models import Provider
from portal.taxonomy.models import Marker, TargetGroup

MOST_FOUND = 20
LONGEST_NAME = 100
_LONGEST_NUMBER = 18
_PERIODS: dict[str, Promise] = {
    "4w": _("by four weeks"),
    "3m": _("by three months"),
    "6m": _("by half a year"),
    "1j": _("by one year"),
}
_LEGENDS: dict[str, Promise] = {
    "zeitraum": _("By how much?"),
    "categories": _("Which topic?"),
    "target_groups": _("For whom?"),
    "markers": _("Which marker?"),
    "anbieter": _("To which provider?"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a deed asks, with its answers; `which` is the chosen one, "" where nobody chose yet."""

    name: str = ""
    options: list[dict[str, Any]] = field(default_factory=list)
    which: str = ""
    words: str = ""

    @property
    def legend(self) -> Promise | str:
        """What is asked."""
        return _LEGENDS.get(self.name, "")

    @property
    def is_open(self) -> bool:
        """Whether it must be answered before anything can be said."""
        return bool(self.name) and not self.which

    @property
    def is_search(self) -> bool:
        """Whether one types a name to find the answers."""
        return self.name == "anbieter"

    @property
    def params(self) -> dict[str, Any]:
        """What is kept with the run."""
        return {"which": self.which, "day": timezone.localdate().isoformat()} if self.name else {}

    @property
    def chosen(self) -> str:
        """The words of the answer."""
        return next((str(each["label"]) for each in self.options if each["value"] == self.which), "")


def question_of(deed: Deed, sent: QueryDict) -> Question:
    """What this deed asks, answered as far as it was."""
    if not deed.asks:
        return Question()
    which, words = sent.get("welches", ""), clean_text(sent.get("wer", ""))[:LONGEST_NAME].strip()
    options = _providers(which, words) if deed.asks == "anbieter" else _options(deed.asks)
    known = {each["value"] for each in options}
    if deed.asks == "zeitraum" and which not in known:
        which = "3m"
    return Question(deed.asks, options, which if which in known else "", words)


def _options(name: str) -> list[dict[str, Any]]:
    if name == "zeitraum":
        return [{"value": key, "label": label} for key, label in _PERIODS.items() if key in PERIODS]
    if name == "categories":
        return [{"value": each.value, "label": each.label} for each in topic_options()]
    model: Any = TargetGroup if name == "target_groups" else Marker
    return [{"value": str(pk), "label": label} for pk, label in model.objects.values_list("pk", "name")]


def _providers(which: str, words: str) -> list[dict[str, Any]]:
    """Those of this name that can be given something; the chosen one is always among them."""
    there = Provider.objects.exclude(state__in=CLOSED)
    found = there.filter(pk=int(which)) if _is_number(which) else there.none()
    rows = list(found)
    if words:
        named = there
        for word in words.split():
            named = named.filter(name__icontains=word)
        rows += [each for each in named[:MOST_FOUND] if each not in rows]
    return [{"value": str(each.pk), "label": f"{each} ({each.city})" if each.city else str(each)} for each in rows]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
