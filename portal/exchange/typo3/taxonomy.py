"""Carriers, target groups, districts and the category tree: small tables that other rows point to by uid.

A municipality may already have things of the same name (a new one starts with target groups): those are used, not
doubled. An object's imported fields are all there is to it, so one digest tells both whether the dump changed and
whether somebody changed the object here.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from core.text import fold
from portal.exchange.typo3 import files, values
from portal.exchange.typo3.context import MODEL, Context, Line, Plan
from portal.exchange.typo3.report import Outcome
from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from portal.providers.models import Carrier
from portal.taxonomy.models import Category, District, TargetGroup

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def take_over(context: Context, pictures: files.Pictures) -> None:
    """All four tables, in an order in which each finds what it refers to."""
    for line in _named(context, "carrier"):
        _adopt(context, "carrier", Carrier, line, {"name": line.line("name", 160)}, {})
    groups = sorted(_named(context, "targetgroup"), key=lambda line: (line.number("sorting"), line.uid))
    for position, line in enumerate(groups):
        name = line.line("name", 120)
        youngest, oldest = values.ages(name) or (None, None)
        more = {"min_age": youngest, "max_age": oldest, "position": position}
        _adopt(context, "targetgroup", TargetGroup, line, {"name": name}, more)
    districts = sorted(_named(context, "district"), key=lambda line: (line.number("sorting"), line.uid))
    for position, line in enumerate(districts):
        _adopt(context, "district", District, line, {"name": line.line("name", 120)}, {"position": position})
    for line, parent in _tree(list(_named(context, "category"))):
        key = {"name": line.line("name", 120), "parent_id": context.id_of("category", parent)}
        _adopt(context, "category", Category, line, key, {"color": _color(line)})
        _illustrate(context, line, pictures)


def _named(context: Context, kind: str) -> Iterable[Line]:
    for line in context.lines(MODEL + kind, hidden=False):
        if line.text("name"):
            yield line
        else:
            context.report.skip(line.table, line.uid, _("without a name"), field="name")


def _adopt(
    context: Context,
    kind: str,
    model: type[models.Model],
    line: Line,
    key: dict[str, Any],
    more: dict[str, Any],
) -> None:
    """Make, find or bring up to date the object with these key fields, and account for the row."""
    plan = Plan(line, {**key, **more})
    digest = plan.digest()
    record = context.ledger.find(line.table, line.uid)
    if record is not None and record.digest == digest and record.object_id in context.ledger.present(model):
        context.learn(kind, line.uid, record.object_id)
        context.account(plan, Outcome.UNCHANGED)
        return
    found = model._default_manager.filter(pk=record.object_id).first() if record is not None else _like(model, key)
    if record is not None and not _pristine(found, line, plan.fields, record.digest):
        if found is not None:
            context.learn(kind, line.uid, found.pk)
        context.account(plan, Outcome.SKIPPED, _("changed or deleted here since the last take-over; left as it is"))
        return
    if found is None:
        found = model._default_manager.create(**plan.fields)
    elif record is None:
        line.repair("name", _("one of this name is already here and is used"))
    elif not _updated(found, plan.fields):
        context.learn(kind, line.uid, found.pk)
        context.account(plan, Outcome.SKIPPED, _("its newer state does not fit what is here; left as it is"))
        return
    context.ledger.remember(line, found, digest)
    context.learn(kind, line.uid, found.pk)
    context.account(plan, Outcome.IMPORTED)


def _updated(found: models.Model, fields: dict[str, Any]) -> bool:
    """Bring an object up to date; False where the database says no (a name that is taken, parents in a circle)."""
    try:
        with transaction.atomic():
            type(found)._default_manager.filter(pk=found.pk).update(**fields)
    except DatabaseError:
        return False
    if isinstance(found, Category):
        refresh_search_text(Offer.objects.filter(categories=found.pk).only("pk"))
    return True


def _like(model: type[models.Model], key: dict[str, Any]) -> models.Model | None:
    """The object with the same name at the same place, whatever dash or capital it is written with."""
    place = {name: value for name, value in key.items() if name != "name"}
    wanted = fold(str(key["name"]))
    for candidate in model._default_manager.filter(**place).order_by("pk"):
        if fold(str(candidate)) == wanted:
            return candidate
    return None


def _pristine(found: models.Model | None, line: Line, fields: dict[str, Any], digest: str) -> bool:
    """Whether the object's imported fields are still what the last take-over wrote."""
    if found is None:
        return False
    return Plan(line, {name: getattr(found, name) for name in fields}).digest() == digest


def _tree(lines: list[Line]) -> Iterable[tuple[Line, int]]:
    """Categories with their parent's uid (0: root), parents first; what hangs in the air becomes a root."""
    by_uid = {line.uid: line for line in lines}
    parents = {line.uid: line.number("parent") or line.number("category1") for line in lines}
    for line in lines:
        if parents[line.uid] and parents[line.uid] not in by_uid:
            line.repair("parent", _("its parent does not exist; it is at the top now"))
            parents[line.uid] = 0
        elif _circular(line.uid, parents):
            line.repair("parent", _("its parents go in a circle; it is at the top now"))
            parents[line.uid] = 0
    for line in sorted(lines, key=lambda line: (_depth(line.uid, parents), line.uid)):
        yield line, parents[line.uid]


def _circular(uid: int, parents: dict[int, int]) -> bool:
    seen = {uid}
    above = parents[uid]
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return above == uid


def _depth(uid: int, parents: dict[int, int]) -> int:
    depth = 0
    while parents.get(uid):
        uid, depth = parents[uid], depth + 1
    return depth


def _illustrate(context: Context, line: Line, pictures: files.Pictures) -> None:
    """Give a category its image, once: an image removed here stays removed."""
    own = context.id_of("category", line.uid)
    if own is None:
        return
    for picture in pictures.of(line):
        if context.ledger.find(files.TABLE, picture.line.uid) is not None:
            context.report.count(files.TABLE, Outcome.UNCHANGED)
            continue
        category = Category.objects.get(pk=own)
        if not context.dry_run and not category.image:
            category.image_copyright, category.image_alt = picture.copyright, picture.alt_text
            with picture.path.open("rb") as stream:
                category.image.save(picture.path.name, File(stream))
            context.saved_files.append(str(category.image.name))
        context.ledger.remember(picture.line, category, "")
        context.report.count(files.TABLE, Outcome.IMPORTED)


def _color(line: Line) -> str:
    written = line.text("color").lower()
    found = _HEX.fullmatch(written)
    if not written:
        return ""
    if found is None:
        line.repair("color", _("not a colour such as #00519e, left out"))
        return ""
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return f"#{digits}"
