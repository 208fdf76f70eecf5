"""The most important figures of demand: on its own first page, on the start page of the room, and beside its gaps."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.planning import kpis, sought
from portal.planning.asking import CATEGORY, Asked
from portal.planning.demand.figures import ACTS, Demand
from portal.planning.demand.meanings import CONTACTS, NOTHING, SEARCHES, VIEWS
from portal.planning.demand.rows import hidden
from portal.planning.kpis import Kpi
from portal.planning.words import number, signed
from portal.usage.models import Act


def tiles_of(demand: Demand) -> list[Kpi]:
    """All of them."""
    return [
        _tile(demand, str(SEARCHES.label), demand.whole("filter"), "demand:words"),
        _tile(demand, str(NOTHING.label), demand.whole("filter0"), "demand:missing"),
        _tile(demand, str(VIEWS.label), demand.whole("views"), "demand:topics"),
        _tile(demand, str(CONTACTS.label), demand.contacts(), "demand:topics"),
        *(_tile(demand, label, demand.whole("act", act)) for act, label in _acts().items()),
    ]


def _acts() -> dict[Act, str]:
    labels = (_("Remembered"), _("Into the calendar"), _("Way looked up"), _("Passed on"))
    return dict(zip(ACTS, labels, strict=True))


def _tile(demand: Demand, label: str, numbers: tuple[int, int | None], url: str = "", *, dated: bool = False) -> Kpi:
    """`dated`: saying of which days, where that does not stand above it."""
    now, before = numbers
    link = f"{reverse(url)}?{demand.asked.period.query}" if url else ""
    if demand.time.is_empty:
        return Kpi(label, number(None), _("told once a third of a month is over") if dated else "", link)
    said = _("from %(days)s") % {"days": demand.time.label} if dated else ""
    if dated and demand.asked.is_narrowed:
        said = _("%(said)s, whatever the filters") % {"said": said}
    if before is not None:
        then = _("before %(before)s (%(change)s)") % {
            "before": number(before) if before else hidden(),
            "change": signed(now - before),
        }
        said = f"{said}; {then}" if said else then
    return Kpi(label, number(now) if now else hidden(), said, link)


def _searches(asked: Asked) -> Kpi:
    demand = Demand.of(asked)
    return _tile(demand, str(SEARCHES.label), demand.whole("filter"), "demand:overview", dated=True)


def _nothing(asked: Asked) -> Kpi:
    demand = Demand.of(asked)
    return _tile(demand, str(NOTHING.label), demand.whole("filter0"), "demand:missing", dated=True)


_SHOWN: tuple[Callable[[Asked], Kpi], ...] = (_searches, _nothing)
for place, each in enumerate(_SHOWN):
    kpis.register(each, order=50 + 10 * place)


def _in_districts(asked: Asked) -> dict[int, float]:
    return Demand.of(asked).by_district(int(asked.value(CATEGORY) or 0))


sought.register(_in_districts)
