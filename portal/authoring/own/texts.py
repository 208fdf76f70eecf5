"""The texts of many offers at once, in a fixed number of statements: what drafts lack, what a change would stand on."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from portal.authoring.finding import problems_of
from portal.offers.condition import Condition
from portal.offers.kind import KIND
from portal.offers.snapshot.content import rule_said
from portal.revisions import bulk
from portal.revisions.kinds import Content, Problem
from portal.revisions.models import Revision, State


def working_texts(offers: Iterable[Any], by: Any) -> dict[int, Revision]:
    """What this person is writing on these offers, by offer. One statement."""
    found = Revision.objects.filter(
        kind=KIND.name, state=State.WORKING, author=by.pk, subject_id__in=[each.pk for each in offers]
    )
    return {each.subject_id: each for each in found}


def problems_of_many(offers: Sequence[Any], working: dict[int, Revision]) -> dict[int, list[Problem]]:
    """What stands in the way of handing each of them in: of what is being written, else of the row."""
    rows = bulk.complete(KIND, [each for each in offers if each.pk not in working])
    texts: dict[int, tuple[Content, dict[str, Any]]] = {row.pk: (KIND.take(row), {}) for row in rows}
    texts |= {pk: (KIND.content_of(revision), revision.typed) for pk, revision in working.items()}
    return {each.pk: problems_of(*texts[each.pk]) for each in offers}


def lacking(offers: Iterable[Any], by: Any) -> dict[int, list[Problem]]:
    """What the drafts among these offers lack."""
    drafts = [each for each in offers if each.condition == Condition.DRAFT]
    return problems_of_many(drafts, working_texts(drafts, by)) if drafts else {}


def dates_of(offers: Sequence[Any]) -> dict[int, Content]:
    """The dates of each of them, as much of its text as moving them needs. One statement."""
    prefetch_related_objects(list(offers), "schedules")
    return {each.pk: {"schedules": [rule_said(rule) for rule in each.schedules.all()]} for each in offers}
