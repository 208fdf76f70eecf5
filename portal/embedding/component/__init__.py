"""The versions of the web component. A file that was in a release is never changed: a new one beside it is."""

import base64
import hashlib
from pathlib import Path

VERSIONS = {1: Path(__file__).with_name("chancenportal-1.js")}
NEWEST = max(VERSIONS)


def integrity(version: int) -> str:
    """The value of a script element's `integrity`."""
    digest = hashlib.sha384(VERSIONS[version].read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"
