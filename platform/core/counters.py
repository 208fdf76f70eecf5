"""Counting what somebody may do so often in an hour or a day, for all processes together (`tenants.running.cache`)."""

from django.core.cache import cache


def counted(key: str, seconds: int, more: int = 1) -> int:
    """Count so many more and return how many that are; the first one begins the time. `key` begins with `limit:`."""
    while True:
        cache.add(key, 0, seconds)
        try:
            return int(cache.incr(key, more))
        except ValueError:
            # Its time ended between the two: this one is the first of the next.
            continue
