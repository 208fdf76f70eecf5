"""What a report is to hold, as its paper keeps it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.printing.models import Paper

MOST_CHAPTERS = 20


class Time(models.TextChoices):
    """Which days the figures are of."""

    AS_KEPT = "", _("as chosen in each view")
    MONTH = "month", _("the month before")
    QUARTER = "quarter", _("the quarter before")
    YEAR = "year", _("the year before")


_LENGTH = {Time.MONTH: 1, Time.QUARTER: 3, Time.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of the evaluation with what its address asks for; `name` is that of the saved view, if it is one."""

    path: str
    query: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The pages in their order, words before them, and which days count."""

    views: Sequence[Chosen] = ()
    text: str = ""
    time: str = Time.AS_KEPT

    @classmethod
    def of(cls, paper: Paper) -> "Settings":
        """As the paper keeps them; what it knows nothing of is as usual."""
        known = {each.name: paper.says[each.name] for each in fields(cls) if each.name in paper.says}
        return cls(**known | {"views": [Chosen(**each) for each in known.get("views", [])]})

    def kept(self) -> dict[str, Any]:
        """As they stand in the row."""
        return asdict(self)

    def days(self, day: date) -> tuple[date, date] | None:
        """The whole month, quarter or year before a day; None where each view says it."""
        if not self.time:
            return None
        months = _LENGTH[Time(self.time)]
        begun = date(day.year, (day.month - 1) // months * months + 1, 1)
        return begun - relativedelta(months=months), begun - timedelta(days=1)
