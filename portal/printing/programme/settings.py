"""What a programme is to hold, as its paper keeps it."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.printing.models import Paper

MOST_OFFERS = 3000
"""About 1,000 pages of A5. More is no booklet any more, and nobody looks through it."""


class Chapters(models.TextChoices):
    """By what a programme is divided."""

    TOPIC = "topic", _("by topic")
    DISTRICT = "district", _("by district")
    WEEK = "week", _("by week, with a chapter of regular offers")


class Size(models.TextChoices):
    """The sheet of a programme."""

    A5 = "a5", _("A5, a booklet")
    A4 = "a4", _("A4, with larger letters")


@dataclass(frozen=True, slots=True)
class Programme:
    """The settings. `query` is the normalised search (portal.subscriptions.searches), without days."""

    query: str = ""
    first: str = ""
    last: str = ""
    subtitle: str = ""
    preface: str = ""
    signed: str = ""
    chapters: str = Chapters.TOPIC
    size: str = Size.A5
    picture: bool = True
    index: bool = True

    @classmethod
    def of(cls, paper: Paper) -> "Programme":
        """As the paper keeps them; what it knows nothing of is as usual."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in paper.says.items() if name in known})

    def kept(self) -> dict[str, Any]:
        """As they stand in the row."""
        return asdict(self)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day."""
        return date.fromisoformat(self.first), date.fromisoformat(self.last)
