"""From an address to what it asks for: days, and of which offers. Whatever is not understood is said and left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.figures.periods import FIRST, LAST, SPAN, STEP, Part, Period, Span, Step, read
from portal.offers.choices import CostKind
from portal.planning.facts import Facts, current_facts
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import load_tree

DISTRICT, CATEGORY, GROUP, COSTS = "ort", "kategorie", "zielgruppe", "kosten"
FILTERS = (DISTRICT, CATEGORY, GROUP, COSTS)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as the page shows it. `name` stands in the address; an empty value is all."""

    name: str
    label: str
    options: list[Option]

    @property
    def selected(self) -> Option | None:
        return next((each for each in self.options if each.selected), None)


@dataclass
class Asked:
    """What a page of the room is asked for. The day in question is the last one of the period."""

    period: Period
    given: Mapping[str, str]
    path: str
    host: str
    # What parts of the room keep while one page is made, so that it is read once.
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day on which is counted what there is on a day."""
        return self.period.last

    @cached_property
    def facts(self) -> Facts:
        """What is counted by, the same for all figures of a page."""
        return current_facts()

    @cached_property
    def filters(self) -> list[Filter]:
        """By what one can narrow, with what is chosen. Three statements at most."""
        tree = load_tree()
        return [
            self._filter(DISTRICT, _("District"), District.objects.values_list("pk", "name")),
            self._filter(CATEGORY, _("Topic"), [(node.id, "– " * node.depth + node.name) for node in tree]),
            self._filter(GROUP, _("Target group"), TargetGroup.objects.values_list("pk", "name")),
            self._filter(COSTS, _("Costs"), CostKind.choices),
        ]

    def _filter(self, name: str, label: str, options: object) -> Filter:
        wanted = self.given.get(name, "")
        made = [Option(str(value), str(text), str(value) == wanted) for value, text in options]  # type: ignore[attr-defined]  # querysets and lists of pairs
        if wanted and not any(each.selected for each in made):
            self.period.notes.append(
                _("“%(value)s” is not known as %(what)s and was left out.") % {"value": wanted[:40], "what": label}
            )
        return Filter(name, label, made)

    def value(self, name: str) -> str:
        """What is chosen of a filter; empty where nothing or nothing known is."""
        found = next((each.selected for each in self.filters if each.name == name), None)
        return found.value if found else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(each.selected for each in self.filters)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Filter and choice in words, for files and headings."""
        return [(each.label, each.selected.label.lstrip("– ") if each.selected else _("all")) for each in self.filters]

    @property
    def in_words(self) -> str:
        """What is narrowed to, in one line; empty where nothing is."""
        return ", ".join(each.selected.label.lstrip("– ") for each in self.filters if each.selected)

    @property
    def params(self) -> dict[str, str]:
        """What the address says that was understood."""
        kept = {name: self.value(name) for name in FILTERS}
        own = dict(pair.split("=", 1) for pair in self.period.query.split("&") if pair)
        return {name: value for name, value in {**own, **kept}.items() if value}

    def query(self, **changed: str) -> str:
        """The query of the same with something else; an empty value takes it away."""
        return urlencode({name: value for name, value in {**self.params, **changed}.items() if value})

    @property
    def address(self) -> str:
        """The whole address of this view, as it can be passed on."""
        query = self.query()
        return f"{self.host}{self.path}" + (f"?{query}" if query else "")


def asked_by(request: HttpRequest, *, usual: Span = Span.YEAR) -> Asked:
    """What the address of a page asks for."""
    given = {name: str(value).strip() for name, value in request.GET.items()}
    return asked_of(request.path, given, host=request.build_absolute_uri("/").rstrip("/"), usual=usual)


def asked_of(
    path: str, given: Mapping[str, str], *, host: str, today: date | None = None, usual: Span = Span.YEAR
) -> Asked:
    """What a path with these parameters asks for, on a day (None: today)."""
    days = {name: given[name] for name in (SPAN, STEP, FIRST, LAST) if given.get(name)}
    if not days.keys() & {SPAN, FIRST, LAST}:
        days[SPAN] = usual.value
    return Asked(period=read(days, today=today or timezone.localdate()), given=given, path=path, host=host)


def label_of(part: Part, step: Step) -> str:
    """A part of the period in words: a week by its ISO number and year."""
    if step is not Step.WEEK:
        return part.label
    year, week, _day = part.first.isocalendar()
    return _("week %(week)d of %(year)d (%(first)s to %(last)s)") % {
        "week": week,
        "year": year,
        "first": date_format(part.first, "SHORT_DATE_FORMAT"),
        "last": date_format(part.last, "SHORT_DATE_FORMAT"),
    }


def short_of(part: Part, step: Step) -> str:
    """The same where there is little room."""
    if step is not Step.WEEK:
        return part.short
    return _("wk %(week)d") % {"week": part.first.isocalendar().week}
