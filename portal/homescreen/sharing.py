"""What another app shares with the portal, as a search."""

import re
from urllib.parse import urlsplit

LONGEST = 200
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def own_path(texts: list[str], hosts: set[str]) -> str:
    """The path of an address of this portal among what was shared; empty where there is none."""
    for address in (found for text in texts for found in _ADDRESS.findall(text[:2000])):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        # Two slashes would lead to another host.
        if parts.netloc.lower() in hosts and not parts.path.startswith("//") and "\\" not in parts.path:
            return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return ""


def words_of(texts: list[str]) -> str:
    """The first of the texts that says something besides addresses, fit for the field of the search."""
    for text in texts:
        words = " ".join(_ADDRESS.sub(" ", text.replace("\0", " ")).split())
        if words:
            return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0]
    return ""
