"""boto3's clients of one S3 server: how they ask, and how long they wait."""

import os
import threading
from collections.abc import Callable
from typing import Any

from botocore.config import Config

TRIES = 3
# Given as an argument, not by ~/.aws or the environment, except for what is not named here.
_ALWAYS: dict[str, Any] = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "path"},
    # No proxy of the environment, as in core.outgoing.
    "proxies": {},
    "max_pool_connections": 20,
    # We send Content-MD5 and keep the SHA-256; what newer clients add by themselves many servers do not understand.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
USUAL = Config(connect_timeout=2, read_timeout=6, retries={"total_max_attempts": TRIES, "mode": "standard"}, **_ALWAYS)
# For `/readyz`: an answer soon, or none.
PROBING = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1}, **_ALWAYS)


class Clients:
    """One for all threads, which boto3 allows; a forked process makes its own."""

    def __init__(self, session: Callable[[], Any], region: str) -> None:
        self._session, self._region = session, region
        self._made: dict[tuple[int, str, bool], Any] = {}
        self._lock = threading.Lock()

    def get(self, endpoint: str, *, probing: bool = False) -> Any:
        """For the server at this address; `probing` ones give up soon."""
        with self._lock:
            key = (os.getpid(), endpoint, probing)
            if key not in self._made:
                config = PROBING if probing else USUAL
                self._made[key] = self._session().resource(
                    "s3", region_name=self._region, endpoint_url=endpoint, config=config
                )
            return self._made[key]
