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
from portal.vocabulary.uses import MODELS, Pairs

Before = dict[int, Content]


def open_texts(kind: Kind, pks: Collection[int], here: Mapping[str, Pairs]) -> list[Revision]:
    """Open revisions that name one of these, or whose row does (`here`: the owners, by kind of text); locked."""
    named = Q()
    for text, key in kind.keys:
        said = Q(subject_id__in=sorted({owner for _pk, owner in here[text]}))
        for pk in pks:
            said |= _names(key, pk)
        named |= Q(kind=text) & said
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


def carry_into(kind: Kind, revisions: list[Revision], before: Mapping[int, Content], into: Mapping[int, int]) -> None:
    """Write the new numbers into open texts, after the rows have them."""
    after = said_now(revisions)
    for each in revisions:
        for text, key in kind.keys:
            if text == each.kind and key in each.content:
                each.content[key] = replaced(each.content[key], into)
                if each.pk in before and each.marks.get(key) == mark_of(before[each.pk][key]):
                    each.marks[key] = mark_of(after[each.pk][key])
        Revision.objects.filter(pk=each.pk).update(content=each.content, marks=each.marks)


def replaced(value: Any, into: Mapping[int, int]) -> Any:
    """A value of a snapshot with other numbers: one, a list of them, or places with a district."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{**place, "district": into.get(place["district"], place["district"])} for place in value]
    if isinstance(value, list):
        return sorted({into.get(each, each) for each in value})
    return into.get(value, value)


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
