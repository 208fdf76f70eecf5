"""Texts that are being written or wait for approval name entries, too: a merge is carried into them.

A revision remembers digests of what it started from (portal.revisions.tokens). Where it started from what the row said
before the merge, it shall count as started from what the row says after it: nobody wrote anything in between.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Q

from portal.revisions.kinds import Content
from portal.revisions.kinds import kind as text_kind
from portal.revisions.models import OPEN, Revision
from portal.revisions.tokens import mark_of
from portal.vocabulary.kinds import Kind
from portal.vocabulary.uses import MODELS, subjects

Before = dict[int, Content]


def open_texts(kind: Kind, pk: int) -> list[Revision]:
    """Open revisions that name an entry, or whose row does; locked."""
    named = Q()
    here = subjects(kind, pk)
    for text, key in kind.keys:
        named |= Q(kind=text) & (_names(key, pk) | Q(subject_id__in=here[text]))
    return list(Revision.objects.select_for_update().filter(named, state__in=OPEN).order_by("pk"))


def _names(key: str, pk: int) -> Q:
    if key == "locations":
        return Q(content__locations__contains=[{"district": pk}])
    if key in {"district", "carrier"}:
        return Q(**{f"content__{key}": pk})
    return Q(**{f"content__{key}__contains": [pk]})


def said_now(revisions: list[Revision]) -> dict[int, Content]:
    """What the row of each says."""
    found = {}
    for each in revisions:
        row = MODELS[each.kind]._default_manager.filter(pk=each.subject_id).first()
        if row is not None:
            found[each.pk] = text_kind(each.kind).take(row)
    return found


def carry_into(kind: Kind, revisions: list[Revision], before: Mapping[int, Content], *, old: int, new: int) -> None:
    """Write the new number into open texts, after the rows have it."""
    after = said_now(revisions)
    for each in revisions:
        for text, key in kind.keys:
            if text == each.kind and key in each.content:
                each.content[key] = replaced(each.content[key], old, new)
                if each.pk in before and each.marks.get(key) == mark_of(before[each.pk][key]):
                    each.marks[key] = mark_of(after[each.pk][key])
        Revision.objects.filter(pk=each.pk).update(content=each.content, marks=each.marks)


def replaced(value: Any, old: int, new: int) -> Any:
    """A value of a snapshot with another number: one, a list of them, or places with a district."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{**place, "district": new if place["district"] == old else place["district"]} for place in value]
    if isinstance(value, list):
        return sorted({new if each == old else each for each in value})
    return new if value == old else value


def open_texts_of(text: str, subjects_of: Collection[int]) -> list[Revision]:
    """Open revisions of these subjects; locked."""
    found = Revision.objects.select_for_update().filter(kind=text, subject_id__in=subjects_of, state__in=OPEN)
    return list(found.order_by("pk"))


@contextmanager
def follow(revisions: list[Revision], key: str) -> Iterator[None]:
    """What happens within to the rows happens to open texts that say the same in this key."""
    before = said_now(revisions)
    yield
    after = said_now(revisions)
    for each in revisions:
        if each.pk not in before or before[each.pk][key] == after[each.pk][key]:
            continue
        if each.content.get(key) == before[each.pk][key]:
            each.content[key] = after[each.pk][key]
        if each.marks.get(key) == mark_of(before[each.pk][key]):
            each.marks[key] = mark_of(after[each.pk][key])
        Revision.objects.filter(pk=each.pk).update(content=each.content, marks=each.marks)
