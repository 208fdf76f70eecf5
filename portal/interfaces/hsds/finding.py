"""Which services a request means: the search of the portal, and what the specification asks besides."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.interfaces.asking import Asked, AskedWronglyError
from portal.interfaces.hsds.asking import Wanted
from portal.interfaces.hsds.taxonomies import TAXONOMIES
from portal.interfaces.models import Change, Kind
from portal.interfaces.searching import search
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.search.providers import find_providers
from portal.taxonomy.tree import Tree

# How long somebody who keeps a copy is told that a service went. Who comes later takes all anew.
TOLD_FOR = timedelta(days=90)
_NAMES = {"q": "search", "ort": "postcode", "umkreis": "proximity", "ab": "start_time", "bis_uhr": "end_time"}
_TIED = {1: "categories", 2: "target_groups", 3: "locations__district"}


def found(wanted: Wanted) -> list[int]:
    """The numbers of the offers that fit, in their order: a page keeps its place while others come and go."""
    if wanted.impossible:
        return []
    results, _labels, ignored = search(Asked(wanted.search))
    _refuse(ignored)
    if any(each["name"] in {taxonomy.parameter for taxonomy in TAXONOMIES} for each in ignored):
        # Of our making, and retired or merged since.
        return []
    ids = results.page(0, None)
    further = _further(wanted)
    if further is not None and ids:
        ids = list(Offer.objects.filter(further, pk__in=ids).values_list("pk", flat=True).distinct())
    if wanted.since is not None and ids:
        changed = Change.objects.filter(kind=Kind.OFFER, changed_at__gte=wanted.since)
        ids = list(set(ids) & set(changed.values_list("object_id", flat=True)))
    return sorted(ids)


def _refuse(ignored: list[dict[str, Any]]) -> None:
    """What people are shown as left out, a program is told: it would take all for what it asked."""
    for each in ignored:
        if each["name"] in _NAMES:
            name = _NAMES[each["name"]]
            raise AskedWronglyError(name, _("“%(name)s” cannot be understood here.") % {"name": name})


def _further(wanted: Wanted) -> Q | None:
    conditions = []
    if wanted.organization is not None:
        conditions.append(Q(provider=wanted.organization))
    if wanted.taxonomy:
        conditions.append(Q(**{f"{_TIED[wanted.taxonomy]}__isnull": False}))
    least, most = wanted.ages
    if least is not None:
        conditions.append(Q(max_age=None) | Q(max_age__gte=least))
    if most is not None:
        conditions.append(Q(min_age=None) | Q(min_age__lte=most))
    if not conditions:
        return None
    return Q(*conditions)


def _copied(wanted: Wanted) -> datetime | None:
    """The moment since which somebody who keeps a copy of everything is told what went; None: nobody asks that.

    With any other filter nobody knows whether what went was among what was asked.
    """
    if wanted.since is None or wanted.is_narrowed or wanted.since < timezone.now() - TOLD_FOR:
        return None
    return wanted.since


def over(wanted: Wanted) -> list[int]:
    """Offers that are over, whose last date passed since then or that were changed since, perhaps to a date long past:
    they can still be read, and are inactive."""
    since = _copied(wanted)
    if since is None:
        return []
    changed = Change.objects.filter(kind=Kind.OFFER, changed_at__gte=since).values("object_id")
    here = Offer.objects.over().filter(Q(ends_at__gte=since) | Q(pk__in=changed))
    return sorted(here.values_list("pk", flat=True))


def gone(wanted: Wanted) -> list[tuple[int, datetime]]:
    """Services that were withdrawn since then, each with its moment."""
    since = _copied(wanted)
    if since is None:
        return []
    changed = Change.objects.filter(kind=Kind.OFFER, public=False, changed_at__gte=since)
    return sorted(changed.values_list("object_id", "changed_at"))


def providers(wanted: Wanted, tree: Tree) -> list[int]:
    """The numbers of public organisations that fit: by words and by topics. They have no other terms."""
    topics = [int(pk) for pk in wanted.search.getlist("kategorie")]
    others = wanted.search.getlist("zielgruppe") + wanted.search.getlist("ortsteil")
    if wanted.impossible or others or wanted.taxonomy not in {0, TAXONOMIES[0].number}:
        return []
    text = wanted.search.get("q", "")
    ids = find_providers(text) if text else list(Provider.objects.public().values_list("pk", flat=True))
    if topics or wanted.taxonomy:
        rows = Provider.objects.filter(pk__in=ids, categories__isnull=False)
        if topics:
            rows = rows.filter(categories__in=tree.ids_below(topics))
        ids = list(rows.distinct().values_list("pk", flat=True))
    return sorted(ids)
