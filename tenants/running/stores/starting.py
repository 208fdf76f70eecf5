"""Before a start: does the store of all files take what we bring?"""

import errno
from collections.abc import Callable
from typing import Any

from django.core.files.storage import storages
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.running.stores.trouble import StoreError

# Trouble that goes away by itself: pages answer without their pictures meanwhile, and `/readyz` says so.
_PASSING = frozenset({errno.ETIMEDOUT, errno.ECONNREFUSED, errno.EBUSY})


def refuse_unfit_store(warn: Callable[[str], Any]) -> None:
    """RefusedError where nothing will ever be stored: a wrong key, no bucket, a folder that is not ours."""
    prepare = getattr(storages["platform"], "prepare", None)
    if prepare is None:
        return
    try:
        prepare()
    except StoreError as error:
        if error.errno not in _PASSING:
            raise RefusedError(_("Files cannot be kept: %(reason)s") % {"reason": error}) from error
        warn(str(error))
