"""What visitors may order in a day, so that nobody uses up the month for all: a click costs the municipality money.

Counted in the cache's shared part, the same for all processes. The keys hold no address (they are hashed there) and
end with the day.
"""

from django.core.cache import cache
from django.utils import timezone

from core.counters import counted
from portal.translation.backends import Trouble

# A household, school or library often shares one address.
PAGES_PER_NETWORK = 30
# Of the month's characters a day may use a tenth, one network a quarter of that; its first pages are always welcome.
DAYS_SHARE = 10
NETWORKS_SHARE = 4
ALWAYS_WELCOME = 3
_DAY_SECONDS = 26 * 3600


def refusal(*, network: str, characters: int, monthly: int) -> Trouble | None:
    """Count an order of so many characters and say why it may not be given, or None where it may.

    In the transaction that gives it: when that fails, nothing was counted.
    """
    pages = _counted(f"pages:{network}", 1)
    share = monthly // DAYS_SHARE
    if pages > PAGES_PER_NETWORK:
        return Trouble.NETWORK
    if _so_far(f"characters:{network}") + characters > share // NETWORKS_SHARE and pages > ALWAYS_WELCOME:
        return Trouble.NETWORK
    today = _so_far("characters")
    # One page that is longer than a day's share is possible on a day of its own.
    if today and today + characters > share:
        return Trouble.DAY
    _counted("characters", characters)
    _counted(f"characters:{network}", characters)
    return None


def _key(what: str) -> str:
    return f"limit:translation:{timezone.localdate():%Y-%m-%d}:{what}"


def _so_far(what: str) -> int:
    return int(cache.get(_key(what), 0))


def _counted(what: str, more: int) -> int:
    return counted(_key(what), _DAY_SECONDS, more)
