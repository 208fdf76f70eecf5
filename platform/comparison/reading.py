"""What a municipality that takes part may see of its group; asked from inside it."""

from dataclasses import dataclass
from datetime import date

from comparison.models import Cohort, Consent, Median, Member, MonthFigures
from tenants.models import Municipality

# Months that can be looked back at.
MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Part:
    """How a municipality stands: its group (where it has one) and since when it takes part (where it does)."""

    group: str
    sentence: str
    group_id: int | None
    agreed: object

    @property
    def takes_part(self) -> bool:
        return self.agreed is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A month of a group: its medians by figure; none where it could not be told."""

    month: date
    medians: dict[str, float]


def part_of(town: Municipality) -> Part:
    """Two statements."""
    member = Member.objects.filter(municipality=town).select_related("group").first()
    agreed = Consent.objects.filter(municipality=town).values_list("since", flat=True).first()
    group = member.group if member else None
    return Part(group.name if group else "", group.sentence if group else "", group.pk if group else None, agreed)


def told(part: Part) -> list[Told]:
    """What may be seen, the newest month first; nothing for whoever does not take part. Two statements."""
    if not part.takes_part or part.group_id is None:
        return []
    cohorts = list(Cohort.objects.filter(group=part.group_id).order_by("-month")[:MOST_MONTHS])
    found: dict[int, dict[str, float]] = {each.pk: {} for each in cohorts}
    for cohort, figure, value in Median.objects.filter(cohort__in=found).values_list("cohort", "figure", "value"):
        found[cohort][figure] = value
    return [Told(each.month, found[each.pk]) for each in cohorts]


def months_of(town: Municipality) -> dict[date, MonthFigures]:
    """One's own figures by month, of those at whose end they were counted. One statement."""
    rows = MonthFigures.objects.filter(municipality=town).order_by("-month")[: MOST_MONTHS + 13]
    return {row.month: row for row in rows if row.is_of_the_end}
