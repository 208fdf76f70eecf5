"""Two entries become one: everything that belongs to the first belongs to the second, and old links lead there."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.services import record_many
from core.bulk import remove_rows, write_columns
from core.lazy import lazy
from portal.offers.tasks import RELATIONS, refresh_offers_of
from portal.usage.models import DailyCategorySearch
from portal.vocabulary.drafts import carry_into, open_texts, said_now
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES, DISTRICTS, Kind, Links
from portal.vocabulary.rows import DEEPEST, Rows, load, lock, parent_of, renumber
from portal.vocabulary.uses import Pairs, Uses, carry_over, owners, uses_of

if TYPE_CHECKING:
    from portal.maps import mending
else:
    mending = lazy("portal.maps.mending")

_COUNTS = ("count", "nothing", "few", "many")


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging two would do, before it is done."""

    old: Any
    new: Any
    uses: Uses
    # Offers that have both already.
    both: int
    drafts: int


def preview(kind: Kind, old: int, new: int) -> Merge:
    """Counted, with every reason against it as a RefusedError."""
    rows = load(kind)
    check(rows, old, new)
    both = 0
    if kind.offers is not None and kind.offers.unique:
        having = owners([kind.offers], (old, new))[kind.offers]
        both = len(having) - len({owner for _pk, owner in having})
    with transaction.atomic():
        drafts = len(open_texts(kind, (old,), _subjects(kind, _links_of(kind, (old,)))))
    return Merge(rows.get(old), rows.get(new), uses_of(kind, old), both, drafts)


def check(rows: Rows, old: int, new: int) -> None:
    """Refuse what cannot be merged, with the names."""
    gone, stays = rows.get(old), rows.get(new)
    said = {"old": gone.name, "new": stays.name}
    if old == new:
        raise RefusedError(_("Please choose another entry than “%(old)s” itself.") % said)
    if old in rows.trail(new):
        raise RefusedError(_("“%(new)s” stands below “%(old)s”. Please move it out first.") % said)
    names = {rows.by_pk[each].name for each in rows.below.get(new, []) if each != old}
    twice = [rows.by_pk[each].name for each in rows.below.get(old, []) if rows.by_pk[each].name in names]
    if twice:
        raise RefusedError(
            _("Both have “%(name)s” below them. Please merge these two first, or rename one of them.")
            % {"name": twice[0]}
        )
    if len(rows.trail(new)) + rows.height(old) - 1 > DEEPEST:
        raise RefusedError(_("At most %(most)d levels are possible.") % {"most": DEEPEST})


@transaction.atomic
def merge(kind: Kind, old: int, new: int, *, by: Any) -> Uses:
    """Do it. The row of the old one goes; its number leads to the new one for ever."""
    lock(kind)
    held = _hold(kind, (old, new))
    rows = load(kind)
    check(rows, old, new)
    uses = uses_of(kind, old)
    _keep_below(kind, rows, old, new)
    _put_together(kind, held, [(old, new)], by=by)
    above = parent_of(rows.get(old))
    rows.below[above].remove(old)
    renumber(kind, rows, above)
    if kind.model in RELATIONS:
        refresh_offers_of.defer(relation=RELATIONS[kind.model], pk=new)
    return uses


def merge_all(kind: Kind, pairs: Sequence[tuple[int, int]], *, by: Any, called: Mapping[int, str]) -> None:
    """Many, one after the other, in as few statements as one. `called`: what each was known by, where its row has
    another name by now.

    Whoever calls has the list's lock, has looked whether it can be, has put what stood below them elsewhere, and has
    the searchable texts written anew.
    """
    held = _hold(kind, {pk for pair in pairs for pk in pair})
    for old, _new in pairs:
        held[old].name = called[old]
    _put_together(kind, held, pairs, by=by)


def _hold(kind: Kind, pks: Collection[int]) -> dict[int, Any]:
    """The rows, locked. Nobody can choose one while it goes: a key to it would wait for this lock, and then find it
    gone."""
    return {row.pk: row for row in kind.model._default_manager.select_for_update().filter(pk__in=pks).order_by("pk")}


def _put_together(kind: Kind, held: Mapping[int, Any], pairs: Sequence[tuple[int, int]], *, by: Any) -> None:
    into: dict[int, int] = {}
    for old, new in reversed(pairs):
        # What goes into one that goes itself is where that ends at once.
        into[old] = into.get(new, new)
    found = _links_of(kind, into)
    texts = open_texts(kind, into, _subjects(kind, found))
    before = said_now(texts)
    for links, owned in found:
        carry_over(links, into, owned)
    if kind is DISTRICTS:
        for old, new in pairs:
            _join_outlines(held[old], held[new])
    if kind is CATEGORIES:
        _carry_figures(into)
    carry_into(kind, texts, before, into)
    _lead_on(kind, held, into)
    offers = Counter(pk for links, owned in found if links is kind.offers for pk, _owner in owned)
    told = [(held[old], held[new], offers[old]) for old, new in pairs]
    record_many(
        "vocabulary.merged",
        [
            (new, {"name": [old.name, new.name], "number": [old.pk, new.pk], "offers": [number, None]})
            for old, new, number in told
        ],
        by=by,
    )
    # Nothing points to them any more: the database itself sees to that.
    remove_rows(kind.model._default_manager.filter(pk__in=into))


def _links_of(kind: Kind, pks: Collection[int]) -> list[tuple[Links, Pairs]]:
    return list(owners(kind.links, pks).items())


def _subjects(kind: Kind, found: Sequence[tuple[Links, Pairs]]) -> dict[str, Pairs]:
    """Offers and providers that point there, by the kind of their texts."""
    said = {"offer": kind.offers, "provider": kind.providers}
    return {text: next((owned for links, owned in found if links is each), set()) for text, each in said.items()}


def _keep_below(kind: Kind, rows: Rows, old: int, new: int) -> None:
    moved = rows.below.pop(old, [])
    if moved:
        kind.model._default_manager.filter(pk__in=moved).update(parent_id=new)
        rows.below.setdefault(new, []).extend(moved)
        renumber(kind, rows, new)


_LEAD_ON = """
WITH given AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS given (old, new, name)),
led AS (UPDATE taxonomy_alias AS alias SET new = given.new FROM given WHERE alias.kind = %s AND alias.new = given.old)
INSERT INTO taxonomy_alias (kind, old, new, name) SELECT %s, old, new, name FROM given
"""


def _lead_on(kind: Kind, held: Mapping[int, Any], into: Mapping[int, int]) -> None:
    """What led to an old one leads on at once: nobody has to follow a chain."""
    name = kind.model._meta.model_name or ""
    names = [held[old].name for old in into]
    with connection.cursor() as cursor:
        cursor.execute(_LEAD_ON, [list(into), list(into.values()), names, name, name])


def _join_outlines(gone: Any, stays: Any) -> None:
    if gone.outline is None:
        return
    stays.outline = gone.outline if stays.outline is None else mending.joined([stays.outline, gone.outline])
    if stays.latitude is None:
        stays.latitude, stays.longitude = gone.latitude, gone.longitude
    type(stays)._default_manager.filter(pk=stays.pk).update(
        outline=stays.outline, latitude=stays.latitude, longitude=stays.longitude
    )


def _carry_figures(into: Mapping[int, int]) -> None:
    """How often an old topic was searched counts for the new one from now on."""
    moving = list(DailyCategorySearch.objects.filter(category_id__in=into))
    if not moving:
        return
    kept = DailyCategorySearch.objects.filter(category_id__in={*into.values()} - into.keys())
    there = {(each.day, each.source, each.category_id): each for each in kept}
    changed: dict[int, DailyCategorySearch] = {}
    for each in moving:
        each.category_id = into[each.category_id]
        same = there.setdefault((each.day, each.source, each.category_id), each)
        if same is not each:
            for name in _COUNTS:
                setattr(same, name, getattr(same, name) + getattr(each, name))
        changed[same.pk] = same
    remove_rows(DailyCategorySearch.objects.filter(pk__in=[each.pk for each in moving if each.pk not in changed]))
    write_columns(list(changed.values()), ["category_id", *_COUNTS])
