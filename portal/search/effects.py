"""What the municipality's rules mean for its search, in its own numbers. Most of them lie in memory already."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.offers.models import Offer
from portal.preferences.models import PlaceMode, Preferences
from portal.preferences.values import flag_labels
from portal.providers.models import Provider
from portal.search import facets
from portal.search.matching import FLAGS, Search
from portal.search.parameters import SearchQuery, Sort
from portal.search.places import Area
from portal.search.results import Results, answer
from portal.taxonomy.tree import load_tree

FIRST = 3


def everything(rules: Preferences, area: Area | None = None) -> Results:
    """The search as it begins under these rules."""
    return answer(Search(SearchQuery(), load_tree(), area, timezone.now(), Sort(rules.start_sort)))


def place_mode_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers can be found by it. One statement."""
    found = Offer.objects.current().aggregate(
        all=Count("pk", distinct=True),
        district=Count("pk", distinct=True, filter=Q(locations__district__isnull=False)),
        radius=Count("pk", distinct=True, filter=Q(locations__latitude__isnull=False)),
    )
    if wished.place_mode == PlaceMode.DISTRICT:
        yield _("%(district)d of %(all)d public offers have a district and are found by it.") % found
    else:
        yield _("%(radius)d of %(all)d public offers have a point on the map and are found by distance.") % found


def radius_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers lie within each distance of the middle of the map."""
    if wished.latitude is None or wished.longitude is None:
        return
    steps = sorted({*wished.radius_steps, wished.usual_radius})
    area = Area(wished.latitude, wished.longitude, wished.usual_radius, "")
    counts = facets.radii(everything(wished, area), steps)
    numbers = ", ".join(f"{km} km: {counts[km]}" for km in steps)
    yield _("Offers around the middle of the map: %(numbers)s") % {"numbers": numbers}


def start_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """What stands first. One statement."""
    ids = everything(wished).page(0, FIRST)
    titles = dict(Offer.objects.filter(pk__in=ids).values_list("pk", "title"))
    if titles:
        first = " · ".join(titles[pk] for pk in ids if pk in titles)
        yield _("Today these would be the first: %(titles)s") % {"titles": first}


def pages_mean(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many pages the whole list has."""
    number = -(-everything(wished).total // wished.page_size)
    sentence = ngettext("Today all offers fill %(number)d page.", "Today all offers fill %(number)d pages.", number)
    yield sentence % {"number": number}


def flags_find(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers each filter finds."""
    counts = facets.flags(everything(wished), FLAGS)
    numbers = " · ".join(f"{label}: {counts[name]}" for name, label in flag_labels().items())
    yield _("So many offers they find today: %(numbers)s") % {"numbers": numbers}


def hidden_filters(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """That nothing gets lost by it."""
    if not wished.search_filters:
        yield _("Residents can only search by words then.")


def listed(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """What search engines may list. One statement."""
    found = {"offers": everything(wished).total, "providers": Provider.objects.public().count()}
    if wished.search_engines:
        yield _("Listed are %(offers)d offers, %(providers)d providers and your pages.") % found
    else:
        yield _("%(offers)d offers and %(providers)d providers are not found by Google and others then.") % found
