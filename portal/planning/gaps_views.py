"""The page of gaps: three maps, all figures, and the list that says why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning import maps
from portal.planning.asking import asked_by
from portal.planning.charts import shares_of
from portal.planning.dimensions import AGES, key_of, words_of
from portal.planning.frame import page, pictures_of, shown
from portal.planning.gaps import AGE, INDICATOR, PER, YEAR, Gap, Gaps, Sign, as_table
from portal.planning.heat import legend
from portal.planning.matrix import COLUMN, COLUMNS, ROW, ROWS
from portal.planning.models import Unit
from portal.planning.reach import AROUND, BY, DISTANCES, MINUTES, MODES, TIMES, WAY
from portal.planning.words import number, short

ENOUGH = 2
"""With so many signs a district stands on the list."""
_SIGNS = {
    "per": (
        gettext_lazy("Little on offer"),
        gettext_lazy("Offer within bounds"),
        gettext_lazy("weekly hours per 1,000"),
    ),
    "searches": (gettext_lazy("Much demand"), gettext_lazy("Demand within bounds"), gettext_lazy("searches per 1,000")),
    "way": (gettext_lazy("A long way"), gettext_lazy("Way within bounds"), gettext_lazy("%% within %(way)s")),
}


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def gaps(request: HttpRequest) -> HttpResponse:
    """Need, supply and way side by side, and the argued list."""
    asked = asked_by(request)
    found = Gaps.of(asked)
    listed = [told_gap(gap) | {"query": _offers_of(found, gap)} for gap in found.found if gap.number >= ENOUGH]
    marked = {gap.row.pk for gap in found.found if gap.number >= ENOUGH}
    return page(
        request,
        "planning/gaps.html",
        asked,
        _("Gaps"),
        noted="luecken",
        of_last_day=True,
        kept=found.params,
        found=found,
        figure=shown(as_table(asked), asked, params=found.params),
        maps=maps_of(found, marked),
        listed=listed,
        watched=[gap.row.name for gap in found.found if gap.number == 1],
        fine=[gap.row.name for gap in found.found if gap.number == 0 and gap.is_known],
        unknown=[gap.row.name for gap in found.found if not gap.is_known],
        choices=_choices(found),
    )


def _offers_of(found: Gaps, gap: Gap) -> str:
    """Where the matrix shows the offers of a district: under the same filters, on the same day, of the same age."""
    age = key_of(found.age) if found.age in AGES else ""
    return found.asked.query(**{ROWS: "ort", COLUMNS: "alter", ROW: str(gap.row.pk), COLUMN: age})


def _choices(found: Gaps) -> list[dict[str, Any]]:
    """What this page can be asked besides the usual."""
    choices = [_choice(AGE, _("Age group"), [(key_of(each), words_of(each)) for each in found.ages], key_of(found.age))]
    if found.years:
        choices.append(
            _choice(YEAR, _("Figures of"), [(str(each), str(each)) for each in found.years], str(found.year))
        )
    if found.indicator:
        names = [(name, name) for name, _unit in found.indicators]
        choices.append(_choice(INDICATOR, _("Beside it"), names, found.indicator[0]))
    return [*choices, *_ways(found)]


def _ways(found: Gaps) -> list[dict[str, Any]]:
    """How ways are measured; minutes can be asked for where some were brought."""
    chosen = found.chosen
    distances = [(str(each), _("%(number)d km as the crow flies") % {"number": each}) for each in DISTANCES]
    straight = _choice(AROUND, _("Distance"), distances, str(chosen.distance))
    if not found.has_minutes:
        return [straight]
    times = [(str(each), _("%(number)d minutes") % {"number": each}) for each in TIMES]
    return [
        _choice(BY, _("Way"), [(name, str(label)) for name, label in MODES.items()], chosen.mode),
        _choice(MINUTES, _("At most"), times, str(chosen.minutes)),
        straight | {"label": _("Where no minutes are known")},
    ]


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    made = [{"value": value, "label": text, "selected": value == chosen} for value, text in options]
    return {"name": name, "label": label, "options": made}


def maps_of(found: Gaps, marked: set[int]) -> list[dict[str, Any]]:
    """One map for each figure that is known."""
    told: list[tuple[str, str, list[str], dict[int, float | None]]] = []
    if found.indicator:
        name, unit = found.indicator
        sentence = _("%(name)s of the age group, %(unit)s, %(year)d.") % {
            "name": name,
            "unit": Unit(unit).label,
            "year": found.year,
        }
        told.append(("luecken-bedarf", _("Need"), [sentence], {row.pk: row.need for row in found.rows}))
    if found.year:
        told.append(("luecken-angebot", _("Supply"), [str(PER.counts)], {row.pk: row.per for row in found.rows}))
    else:
        hours: dict[int, float | None] = {row.pk: row.hours for row in found.rows}
        told.append(("luecken-angebot", _("Supply"), [_("Weekly hours in the district.")], hours))
    told.append(
        ("luecken-weg", _("Way"), [found.ways_in_words, str(WAY.counts)], {row.pk: row.way for row in found.rows})
    )
    return [_map(found, marked, *each) for each in told]


def _map(
    found: Gaps, marked: set[int], name: str, title: str, counts: list[str], values: dict[int, float | None]
) -> dict[str, Any]:
    scale = shares_of([each for each in values.values() if each is not None])
    places = {row.pk: row.place for row in found.rows}
    return {
        "name": name,
        "title": title,
        "counts": counts,
        "drawing": maps.by_district(values, scale.step, short, places, marked),
        "legend": legend(scale),
        "values": values,
        "pictures": pictures_of(name, found.asked, **found.params),
    }


def told_gap(gap: Gap) -> dict[str, Any]:
    """A district of the list in words."""
    row = gap.row
    lacking = ""
    if gap.lacking is not None and row.people is not None:
        middle = gap.signs[0].middle or 0
        lacking = _(
            "About %(hours)s weekly hours are lacking to the median (%(people)s people × %(middle)s ÷ 1,000 = "
            "%(needed)s, there are %(there)s)."
        ) % {
            "hours": number(gap.lacking, 0 if gap.lacking >= 10 else 1),
            "people": number(row.people),
            "middle": short(middle),
            "needed": number(row.people * middle / 1000, 1),
            "there": short(row.hours),
        }
    return {"row": row, "number": gap.number, "signs": [_sign(each, gap) for each in gap.signs], "lacking": lacking}


def _sign(sign: Sign, gap: Gap) -> dict[str, Any]:
    yes, no, unit = _SIGNS[sign.name]
    if sign.given is None:
        return {"given": None, "label": yes, "text": _("not known")}
    said = _("%(value)s %(unit)s, median %(middle)s") % {
        "value": short(sign.value),
        "unit": unit % {"way": gap.way},
        "middle": short(sign.middle),
    }
    return {"given": sign.given, "label": yes if sign.given else no, "text": said}
