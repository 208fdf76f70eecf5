"""Proposals of a draft: which are open, how they are settled, and that nothing is handed in before all are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.drafting.groups import GROUPS, Group, is_changed
from portal.drafting.models import Proposal, Reading, Source
from portal.drafting.wording import doubts_in_words, value_in_words
from portal.offers import open_points
from portal.offers.models import Offer
from portal.revisions.kinds import Content, Problem


def open_of(offer: Offer) -> list[Proposal]:
    """What nobody has confirmed yet, in the order of the form."""
    found = Proposal.objects.filter(offer=offer, settled_at=None).select_related("reading")
    order = list(GROUPS)
    return sorted((each for each in found if each.key in GROUPS), key=lambda each: order.index(each.key))


@dataclass(frozen=True, slots=True)
class Mark:
    """An open proposal as pages show it beside its field."""

    key: str
    group: Group
    certain: bool
    doubts: list[str]
    said: str
    text: str
    from_page: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All open proposals of an offer, and what they were read from."""

    by_key: dict[str, Mark]
    reading: Reading | None = None

    @property
    def shown(self) -> range:
        """The pages that can be looked at beside the form."""
        return range(self.reading.shown if self.reading is not None else 0)

    @property
    def every(self) -> list[Mark]:
        """In the order of the form."""
        return list(self.by_key.values())


def marks_of(offer: Offer, content: Content) -> Marks:
    """What the pages of an offer's form say of its proposals; one statement."""
    found = open_of(offer)
    marks = {
        each.key: Mark(
            each.key, GROUPS[each.key], each.certain, doubts_in_words(each.doubts), each.said,
            value_in_words(each.key, content), each.source == Source.PAGE,
        )
        for each in found
    }  # fmt: skip
    return Marks(marks, next((each.reading for each in found if each.reading is not None), None))


def settle(offer: Offer, *, ticked: Iterable[str], before: Content, changes: Content, by: Any) -> int:
    """Note what somebody confirmed, or wrote otherwise; returns how many proposals that were. Twice is once."""
    chosen = set(ticked)
    settled = [
        each.pk for each in open_of(offer) if each.key in chosen or is_changed(each.key, before, changes)
    ]  # fmt: skip
    if not settled:
        return 0
    person = by if isinstance(by, Model) else None
    return Proposal.objects.filter(pk__in=settled, settled_at=None).update(settled_at=timezone.now(), settled_by=person)


def problems(offer: Offer) -> list[Problem]:
    """What stands in the way of handing it in."""
    return [
        Problem(GROUPS[each.key].keys[0], _("Not confirmed yet: %(value)s.") % {"value": GROUPS[each.key].label})
        for each in open_of(offer)
    ]


def carry(source: Offer, copy: Offer) -> None:
    """A copy of a draft is no more certain than the draft."""
    Proposal.objects.bulk_create(
        [
            Proposal(offer=copy, reading=each.reading, key=each.key, source=each.source, certain=each.certain,
                     doubts=each.doubts, said=each.said)
            for each in open_of(source)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


open_points.register(problems, carry)
