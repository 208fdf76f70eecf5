"""How far a file is, written where the page can see it: often enough to move, seldom enough to cost nothing."""

import time

from portal.imports.models import Upload

EVERY = 0.7
"""Seconds between two writes."""


class Steps:
    """Outside of transactions only: inside one, nobody would see it before its end."""

    def __init__(self, upload: Upload) -> None:
        self._pk = upload.pk
        self._stage = ""
        self._written = 0.0

    def at(self, stage: Upload.Stage, done: int = 0, total: int = 0) -> None:
        """Say where it is; to be called as often as one likes."""
        now = time.monotonic()
        if stage != self._stage or now - self._written >= EVERY:
            self._stage, self._written = stage, now
            Upload.objects.filter(pk=self._pk).update(stage=stage, done=done, total=total)
