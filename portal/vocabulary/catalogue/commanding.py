"""`manage catalogue adopt SLUG|--all [--part CODE] [--release N] [--jobs N] [--dry-run]`.

Each municipality is a transaction of its own, so many can be taken in hand at once: by processes, because most of the
time is ours and not the database's.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, fields
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.garbage import set_aside, set_up
from core.lazy import lazy
from portal.taxonomy.adoption import services
from portal.taxonomy.adoption.engine.reading import in_order
from portal.taxonomy.adoption.errors import RefusedError as NotDoneError
from shared_categories import reading, verbs
from shared_categories.models import Release
from shared_categories.reading import Snapshot
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public, rest

if TYPE_CHECKING:
    import tqdm
else:
    tqdm = lazy("tqdm")

BY = "manage catalogue"
# With fewer municipalities a process begins for nothing; so many are handed to one at a time.
WORTH_A_PROCESS, A_SHARE = 40, 5


@dataclass
class _Sum:
    """What happened in all municipalities together."""

    done: int = 0
    same: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0

    def add(self, other: "_Sum") -> None:
        """Those of some more municipalities."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def _arguments(parser: CommandParser) -> None:
    parser.add_argument("slug", nargs="?", metavar="SLUG", help="short name of a municipality")
    parser.add_argument("--all", action="store_true", help="every municipality that has adopted something already")
    parser.add_argument("--part", metavar="CODE", help="only this entry and what stands below it")
    parser.add_argument("--release", metavar="N", type=int, help="another release than the newest")
    parser.add_argument("--jobs", metavar="N", type=int, help="so many processes (two or more: one for each processor)")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")


def adopt(**options: Any) -> str:
    """Adopt, or take what is new where something was adopted before. What was changed there stays."""
    if bool(options["slug"]) == bool(options["all"]):
        raise RefusedError(_("Please give the short name of a municipality, or --all."))
    snapshot = _release(options["release"])
    if options["part"] and (options["part"] not in snapshot.values or snapshot.values[options["part"]].removed):
        raise RefusedError(_("There is no entry “%(code)s” in this release.") % {"code": options["part"]})
    towns = [town.slug for town in _towns(options["slug"])]
    jobs = options.get("jobs")
    if jobs is None:
        jobs = (os.cpu_count() or 1) if len(towns) >= WORTH_A_PROCESS else 1
    if jobs < 1:
        raise RefusedError(_("“--jobs” is a number from 1."))
    wanted = {name: options[name] for name in ("all", "part", "dry_run")}
    found = _share(towns, snapshot.number, wanted) if jobs == 1 else _at_once(towns, snapshot.number, wanted, jobs)
    said = _(
        "Release %(number)d: %(done)d municipalities changed, %(same)d left as they are (nothing new, or nothing "
        "adopted); %(new)d entries new, %(changed)d changed, %(gone)d merged or gone."
    ) % {"number": snapshot.number, **vars(found)}
    return f"{said} {_('Dry run: nothing was written.')}" if options["dry_run"] else said


def _release(number: int | None) -> Snapshot:
    newest = reading.newest()
    if newest is None:
        raise RefusedError(_("There is no release of the catalogue yet."))
    if number is None:
        return newest
    try:
        return reading.release(number)
    except Release.DoesNotExist as error:
        raise RefusedError(_("There is no release %(number)d of the catalogue.") % {"number": number}) from error


def _towns(slug: str | None) -> list[Municipality]:
    with inside_public():
        if not slug:
            return list(Municipality.objects.order_by("slug"))
        town = Municipality.objects.filter(slug=slug).first()
    if town is None:
        raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": slug})
    return [town]


@contextmanager
def _bar(number: int) -> Iterator[Any]:
    """Progress on a terminal, where there are several."""
    with tqdm.tqdm(total=number, disable=number < 2 or not sys.stderr.isatty(), leave=False) as bar:
        yield bar


def _share(slugs: Sequence[str], release: int, options: dict[str, Any], *, shown: bool = True) -> _Sum:
    """Some municipalities, one after the other."""
    found, snapshot = _Sum(), _release(release)
    with inside_public():
        # Whoever was deleted meanwhile is passed by.
        towns = list(Municipality.objects.filter(slug__in=slugs).order_by("slug"))
    with _bar(len(towns) if shown else 0) as bar:
        for town in towns:
            rest()
            with inside(town):
                _one(snapshot, found, options)
            bar.update()
    return found


def _at_once(slugs: Sequence[str], release: int, options: dict[str, Any], jobs: int) -> _Sum:
    """All of them by several processes, of which this is one: it works from the end while the others are still
    loading. Where one is refused, no further ones are begun."""
    found = _Sum()
    with ProcessPoolExecutor(jobs - 1, mp_context=get_context("spawn"), initializer=set_up) as pool:
        begun: dict[Future[_Sum], Sequence[str]] = {}
        for first in range(0, len(slugs), A_SHARE):
            share = slugs[first : first + A_SHARE]
            begun[pool.submit(_share, share, release, options, shown=False)] = share
        try:
            with _bar(len(slugs)) as bar:
                set_aside()
                for work, share in reversed(list(begun.items())):
                    if not work.cancel():
                        break
                    found.add(_share(share, release, options, shown=False))
                    bar.update(len(share))
                    _let_fail(begun)
                for done in as_completed(each for each in begun if not each.cancelled()):
                    found.add(done.result())
                    bar.update(len(begun[done]))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return found


def _let_fail(begun: Iterable[Future[_Sum]]) -> None:
    """Raise what another process met already."""
    for each in begun:
        if each.done() and not each.cancelled():
            each.result()


def _one(snapshot: Snapshot, found: _Sum, options: dict[str, Any]) -> None:
    """One municipality, in one transaction."""
    try:
        with transaction.atomic():
            done = _done(snapshot, options)
            transaction.set_rollback(options["dry_run"])
    except NotDoneError as error:
        raise RefusedError(str(error)) from error
    if done is None or not done.any:
        found.same += 1
        return
    found.done += 1
    found.new += done.new
    found.changed += done.changed
    found.gone += done.gone


def _done(snapshot: Snapshot, options: dict[str, Any]) -> services.Done | None:
    taken = services.current().taken
    if options["all"] and not taken:
        return None
    if options["part"] or not taken:
        return services.adopt(_wanted(snapshot, options["part"]), by=BY, release=snapshot.number)
    return services.take_all(by=BY, release=snapshot)


def _wanted(snapshot: Snapshot, part: str | None) -> list[str]:
    every = [value for kind in dict.fromkeys(value.kind for value in snapshot.values.values())
             for value in in_order(snapshot, kind)]  # fmt: skip
    if not part:
        return [value.code for value in every]
    chosen = {part}
    for value in every:
        if value.parent in chosen:
            chosen.add(value.code)
    return sorted(chosen)


verbs.register(
    "adopt", verbs.Verb(gettext_lazy("adopts the catalogue in a municipality, or takes what is new"), _arguments, adopt)
)
