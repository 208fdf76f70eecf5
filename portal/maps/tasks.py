"""Nightly: the cache of map tiles stays below its size."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from portal.maps.tiles import shrink_cache

log = logging.getLogger(__name__)


@app.periodic(cron="27 3 * * *")
@app.task(name="portal.maps.shrink_cache", queueing_lock="portal.maps.shrink_cache")
def shrink_cache_nightly(timestamp: int) -> None:
    """Every night, for all municipalities at once: they share one disk."""
    log.info("%d map tiles removed", shrink_cache(settings.TILE_CACHE_BYTES))
