"""What a deed would do with thousands of rows, before it is done: in a fixed number of statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.inventory.bulk.asking import Question
from portal.inventory.bulk.deeds import Deed
from portal.inventory.models import Subject
from portal.offers.models import Offer
from portal.providers.condition import with_condition
from portal.providers.models import Membership, Provider

MOST_TITLES = 8
_OFFER_COLUMNS = ("title", "state", "reviewed_at", "provider_id")
_PROVIDER_COLUMNS = ("name", "state", "trusted")


@dataclass(slots=True)
class Summary:
    """How many change, how many do not and why, and who is concerned."""

    can: list[int] = field(default_factory=list)
    cannot: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    providers: set[int] = field(default_factory=set)
    people: int = 0

    @property
    def number_left(self) -> int:
        """How many stay as they are."""
        return sum(self.cannot.values())

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why, the most frequent first."""
        return self.cannot.most_common()


def summed(deed: Deed, ids: Sequence[int], question: Question) -> Summary:
    """Ask each row for itself."""
    params: dict[str, Any] = dict(question.params)
    if deed.asks == "anbieter":
        params["provider"] = Provider.objects.filter(pk=int(question.which)).first() if question.which else None
    found = Summary()
    for row in _rows(deed.subject, ids):
        reason = deed.why_not(row, params)
        if reason:
            found.cannot[reason] += 1
            if len(found.left) < MOST_TITLES:
                found.left.append((str(row), reason))
            continue
        found.can.append(row.pk)
        found.providers.add(row.provider_id if deed.subject == Subject.OFFERS else row.pk)
        if len(found.titles) < MOST_TITLES:
            found.titles.append(str(row))
    concerned = set(found.providers)
    if params.get("provider") is not None:
        concerned.add(params["provider"].pk)
    if deed.tells and concerned:
        found.people = _people(concerned)
    return found


def _rows(subject: Subject, ids: Sequence[int]) -> Any:
    if subject == Subject.OFFERS:
        return Offer.objects.filter(pk__in=ids).only(*_OFFER_COLUMNS).order_by("pk")
    return with_condition(Provider.objects.filter(pk__in=ids, merged_into=None).only(*_PROVIDER_COLUMNS)).order_by("pk")


def _people(providers: set[int]) -> int:
    rows = Membership.objects.filter(provider__in=providers, role=Membership.Role.ADMINISTRATOR, user__is_active=True)
    return rows.values("provider").distinct().count()
