"""Who pays what, as rows: for the table of the page, the CSV and the PDF, so that all say the same."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.services import missing, parts_of, weights_of
from tracker.tickets.models import Viewer

# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality's line. `pledged` are cents it stands by; `agreed_on` is a day as ISO date, or “”."""

    number: int
    town: str
    weight: int
    share: int
    pledged: int
    agreed_before: int
    state: str
    agreed_on: str
    former: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The whole statement. All sums are cents."""

    ticket: str
    title: str
    cents: int
    key: str
    lines: list[Line]
    pledged: int
    missing: int
    financed_on: str
    weights: int

    @property
    def shared(self) -> int:
        """The shares together: the estimate, or less where amounts of one's own do not make it yet."""
        return sum(line.share for line in self.lines)

    @property
    def percent(self) -> int:
        """How much of it is pledged, never 100 before it is."""
        return self.pledged * 100 // self.cents

    @property
    def digest(self) -> str:
        """Another one whenever something of it is another."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


AGREED, RISEN, OPEN = "agreed", "risen", "open"


def accounts_of(fundings: Iterable[Funding]) -> list[tuple[Funding, Account]]:
    """Many statements, each beside its funding, in one statement of the database."""
    wanted = list(fundings)
    parts: dict[int, list[Part]] = defaultdict(list)
    for part in Part.objects.filter(funding__in=wanted).select_related("participant").order_by("since", "pk"):
        parts[part.funding_id].append(part)
    return [(each, _account(each, parts[each.pk])) for each in wanted]


def account_of(funding: Funding, parts: list[Part] | None = None) -> Account:
    """The statement as it is now; `parts` where they are known already (`services.parts_of`)."""
    return _account(funding, parts_of(funding) if parts is None else parts)


def _account(funding: Funding, parts: list[Part]) -> Account:
    weights = weights_of(parts, funding.key) if funding.key else []
    left = missing(funding, parts)
    return Account(
        ticket=funding.ticket.reference,
        title=funding.ticket.title,
        cents=funding.cents,
        key=funding.key,
        lines=[_line(part, weight) for part, weight in zip(parts, weights, strict=False)],
        pledged=funding.cents - left,
        missing=left,
        financed_on=_day(funding.financed_at),
        weights=sum(weights),
    )


def _line(part: Part, weight: int) -> Line:
    return Line(
        number=part.participant_id,
        town=part.participant.town,
        weight=weight,
        share=part.share,
        pledged=part.share if part.is_agreed else 0,
        agreed_before=part.agreed or 0,
        state=AGREED if part.is_agreed else RISEN if part.has_risen else OPEN,
        agreed_on=_day(part.agreed_at),
        former=part.participant.left_at is not None,
    )


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def day_of(written: str) -> date | None:
    """The day that a line has as text."""
    return date.fromisoformat(written) if written else None


def weight_label(key: str) -> str:
    """What the column of weights is called; “” where there is nothing to weigh."""
    return {Key.INHABITANTS.value: _("Inhabitants"), Key.USE.value: _("Published offers")}.get(key, "")


def state_label(line: Line) -> str:
    """The state in words."""
    return {AGREED: _("pledged"), RISEN: _("to be confirmed anew"), OPEN: _("still open")}[line.state]


def as_csv(account: Account) -> bytes:
    """With semicolons and a mark at the beginning, as German spreadsheets open it; the last line is the sum."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(
        [
            _("Ticket"),
            _("Municipality"),
            _("Weight"),
            _("Share (€)"),
            _("Pledged (€)"),
            pgettext("ticket", "State"),
            _("On"),
        ]
    )
    for line in account.lines:
        sums = [_sum(line.share), _sum(line.pledged)]
        writer.writerow([account.ticket, _written(line.town), line.weight, *sums, state_label(line), line.agreed_on])
    sums = [_sum(account.shared), _sum(account.pledged)]
    final = _("financed") if account.financed_on else _("not financed yet")
    writer.writerow([account.ticket, _("Sum"), account.weights, *sums, final, account.financed_on])
    return "\ufeff".encode() + file.getvalue().encode()


def _written(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _sum(cents: int) -> str:
    return str(number_format(f"{cents // 100}.{cents % 100:02}", 2, use_l10n=True))


def rows(viewer: Viewer) -> Iterable[dict[str, Any]]:
    """For the export: a municipality's own parts, the operator's of all."""
    parts = Part.objects.select_related("funding__ticket", "participant").order_by("funding", "since", "pk")
    if not viewer.is_operator:
        own = viewer.participant is not None and viewer.sees_all
        parts = parts.filter(participant=viewer.participant) if own else parts.none()
    for part in parts.iterator(chunk_size=1000):
        yield {
            "ticket": part.funding.ticket.reference,
            "title": part.funding.ticket.title,
            "municipality": part.participant.town,
            "estimate_cents": part.funding.cents,
            "key": part.funding.key,
            "share_cents": part.share,
            "agreed_cents": part.agreed if part.agreed is not None else "",
            "agreed": part.agreed_at.isoformat() if part.agreed_at else "",
            "financed": part.funding.financed_at.isoformat() if part.funding.financed_at else "",
        }
