"""What a new offer says, on one line, and what stands in the column of the provider's address."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.exchange.excel import cells, columns
from portal.exchange.excel.cells import CellError
from portal.exchange.excel.tables import Sheet
from portal.offers.choices import CostKind
from portal.offers.models import Schedule
from portal.offers.schedule_words import schedule_sentences

if TYPE_CHECKING:
    from portal.exchange.excel.mapping import Plan
    from portal.exchange.excel.settling import Verdict

SEVERAL = "*"


def line_of(verdict: "Verdict") -> str:
    """When it takes place and what it costs."""
    plan = verdict.plan
    if plan is None:
        return ""
    parts = [_dates(plan), plan.fields["summary"] if not plan.rules else "", _costs(plan)]
    return " · ".join(part for part in parts if part)[:400]


def _dates(plan: "Plan") -> str:
    if not plan.rules:
        return _("without fixed dates")
    first = schedule_sentences([Schedule(**plan.rules[0])], today=timezone.localdate())
    said = first[0] if first else ""
    more = len(plan.rules) - 1
    if more:
        said += " " + ngettext("and %(number)d more date", "and %(number)d more dates", more) % {"number": more}
    return said


def _costs(plan: "Plan") -> str:
    if plan.fields["cost_kind"] == CostKind.FREE:
        return _("free of charge")
    if plan.fields["cost_amount"] is not None:
        return f"{plan.fields['cost_amount']:.2f} €".replace(".", ",")
    return str(plan.fields["cost_text"])


def address_of(sheet: Sheet) -> str:
    """The provider's address that stands in the table: one, `SEVERAL`, or nothing."""
    found = {link for row in sheet.rows if (link := link_in(row.cells.get(columns.PROVIDER_URL, "")))}
    return found.pop() if len(found) == 1 else SEVERAL if found else ""


def link_in(raw: object) -> str:
    """A cell's web address; nothing where it holds none."""
    try:
        link = cells.link(raw).it
    except CellError:
        return ""
    return link if link.startswith(("http://", "https://")) and "." in link and " " not in link else ""
