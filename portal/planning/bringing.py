"""The tables that planners bring: figures of small areas, and travel times. One page shows both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.planning import areas, travel
from portal.planning.models import Source, SourceQuerySet


class Brought(Protocol):
    """What was understood of a file, or what is wrong with it."""

    problems: list[Any]
    rows: list[Any]


class TakeOver(Protocol):
    """Keeps all of a file or nothing of it."""

    def __call__(
        self, upload: Any, *, name: str, as_of: date, replace: bool, by: Any
    ) -> tuple[Source | None, Brought]: ...


class Remove(Protocol):
    """Deletes what a file brought."""

    def __call__(self, source: Source, *, by: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: what is done with it, and the words of its page. `name` begins the names of its addresses;
    `rows` says what a row is, `part` and `things` are headings over what each file has, `going` says what goes with
    it."""

    name: str
    title: Promise
    lead: Promise
    heading: Promise
    rows: Promise
    part: Promise
    things: Promise
    replace: Promise
    going: Promise
    gone: Promise
    take_over: TakeOver
    remove: Remove
    sources: Callable[[], list[dict[str, Any]]]
    own: Callable[[], SourceQuerySet]
    template: Callable[[], bytes]
    template_name: str
    said: Callable[[int], str]

    @property
    def view(self) -> str:
        return f"planning:{self.name}"

    @property
    def template_view(self) -> str:
        return f"{self.view}_template"

    @property
    def remove_view(self) -> str:
        return f"{self.view}_remove"


FIGURES = Table(
    name="figures",
    title=_("Figures of the districts"),
    lead=_(
        "How many people of which age live in each district, and what else your statistics know of them. Offers are "
        "compared with it."
    ),
    heading=_("Bring figures"),
    rows=_("One row for each district, age group and year. All of a file is taken over or nothing of it."),
    part=_("Years"),
    things=_("Figures"),
    replace=_("Replace figures of the same year"),
    going=_("All figures of this file go. Offers stay as they are."),
    gone=_("The figures of “%(name)s” are deleted."),
    take_over=areas.take_over,
    remove=areas.remove,
    sources=areas.sources,
    own=Source.objects.of_figures,
    template=areas.template,
    template_name="zahlen-vorlage.xlsx",
    said=lambda many: ngettext("%(number)s figure was taken over.", "%(number)s figures were taken over.", many),
)
TRAVEL = Table(
    name="travel",
    title=_("Travel times"),
    lead=_(
        "How many minutes it takes from each district to the others and to places of offers, on foot and by bus. Where "
        "these are known, “Gaps” tells who has an offer in reach by them, else as the crow flies."
    ),
    heading=_("Bring travel times"),
    rows=_(
        "One row for each way. A district may be divided into small areas or stops, weighed by their inhabitants. All "
        "of a file is taken over or nothing of it."
    ),
    part=_("From"),
    things=_("Ways"),
    replace=_("Replace times of the same districts"),
    going=_("All times of this file go; ways are told as the crow flies again."),
    gone=_("The travel times of “%(name)s” are deleted."),
    take_over=travel.take_over,
    remove=travel.remove,
    sources=travel.sources,
    own=Source.objects.of_times,
    template=travel.template,
    template_name="wegezeiten-vorlage.xlsx",
    said=lambda many: ngettext(
        "%(number)s travel time was taken over.", "%(number)s travel times were taken over.", many
    ),
)
