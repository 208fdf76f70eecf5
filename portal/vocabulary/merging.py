"""Two entries become one: everything that belongs to the first belongs to the second, and old links lead there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from core.lazy import lazy
from portal.offers.tasks import refresh_offers_of
from portal.taxonomy.models import Alias
from portal.usage.models import DailyCategorySearch
from portal.vocabulary.drafts import carry_into, open_texts, said_now
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES, DISTRICTS, TARGET_GROUPS, Kind
from portal.vocabulary.rows import DEEPEST, Rows, load, lock, parent_of, renumber
from portal.vocabulary.uses import Uses, carry_over, uses_of

if TYPE_CHECKING:
    from portal.maps import mending
else:
    mending = lazy("portal.maps.mending")


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
        links = kind.offers
        having = links.model._default_manager.filter(**{links.column: new}).values(links.owner)
        both = links.model._default_manager.filter(**{links.column: old, f"{links.owner}__in": having}).count()
    with transaction.atomic():
        drafts = len(open_texts(kind, old))
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
def merge(kind: Kind, old: int, new: int, *, by: Any, called: str = "") -> Uses:
    """Do it. The row of the old one goes; its number leads to the new one for ever. `called`: what the old one was
    known by, where its row has another name by now."""
    lock(kind)
    # Nobody can choose the old one while it goes (a key to it would wait for this lock, and then find it gone).
    list(kind.model._default_manager.select_for_update().filter(pk__in=[old, new]).order_by("pk"))
    rows = load(kind)
    check(rows, old, new)
    gone, stays, uses = rows.get(old), rows.get(new), uses_of(kind, old)
    gone.name = called or gone.name
    texts = open_texts(kind, old)
    before = said_now(texts)
    for links in kind.links:
        carry_over(links, old, new)
    _keep_below(kind, rows, old, new)
    if kind is DISTRICTS:
        _join_outlines(gone, stays)
    if kind is CATEGORIES:
        _carry_figures(old, new)
    carry_into(kind, texts, before, old=old, new=new)
    _lead_on(kind, gone, new)
    record(
        "vocabulary.merged",
        stays,
        by=by,
        changes={"name": [gone.name, stays.name], "number": [old, new], "offers": [uses.offers, None]},
    )
    above = parent_of(gone)
    gone.delete()
    rows.below[above].remove(old)
    renumber(kind, rows, above)
    if kind in (CATEGORIES, TARGET_GROUPS):
        refresh_offers_of.defer(relation="categories" if kind is CATEGORIES else "target_groups", pk=new)
    return uses


def _keep_below(kind: Kind, rows: Rows, old: int, new: int) -> None:
    moved = rows.below.pop(old, [])
    if moved:
        kind.model._default_manager.filter(pk__in=moved).update(parent_id=new)
        rows.below.setdefault(new, []).extend(moved)
        renumber(kind, rows, new)


def _lead_on(kind: Kind, gone: Any, new: int) -> None:
    name = kind.model._meta.model_name or ""
    # What led to the old one leads on at once: nobody has to follow a chain.
    Alias.objects.filter(kind=name, new=gone.pk).update(new=new)
    Alias.objects.create(kind=name, old=gone.pk, new=new, name=gone.name)


def _join_outlines(gone: Any, stays: Any) -> None:
    if gone.outline is None:
        return
    stays.outline = gone.outline if stays.outline is None else mending.joined([stays.outline, gone.outline])
    if stays.latitude is None:
        stays.latitude, stays.longitude = gone.latitude, gone.longitude
    type(stays)._default_manager.filter(pk=stays.pk).update(
        outline=stays.outline, latitude=stays.latitude, longitude=stays.longitude
    )


def _carry_figures(old: int, new: int) -> None:
    """How often the old topic was searched counts for the new one from now on."""
    there = {(each.day, each.source): each for each in DailyCategorySearch.objects.filter(category_id=new)}
    both = []
    for each in DailyCategorySearch.objects.filter(category_id=old):
        same = there.get((each.day, each.source))
        if same is not None:
            same.count += each.count
            both.append((each.pk, same))
    DailyCategorySearch.objects.bulk_update([same for _pk, same in both], ["count"], batch_size=500)
    DailyCategorySearch.objects.filter(pk__in=[pk for pk, _same in both]).delete()
    DailyCategorySearch.objects.filter(category_id=old).update(category_id=new)
