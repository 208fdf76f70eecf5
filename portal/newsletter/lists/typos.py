"""What somebody probably meant who wrote `anna@gmial.com`: the providers nearly everybody uses, and slips of typing."""

import re
from typing import TYPE_CHECKING

from core.lazy import lazy

if TYPE_CHECKING:
    from rapidfuzz.distance import OSA
else:
    OSA = lazy("rapidfuzz.distance.OSA")

KNOWN = (
    *("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "gmx.info", "gmx.eu", "web.de", "email.de", "t-online.de"),
    *("gmail.com", "googlemail.com", "outlook.de", "outlook.com", "hotmail.de", "hotmail.com", "live.de", "live.com"),
    *("yahoo.de", "yahoo.com", "icloud.com", "me.com", "mac.com", "freenet.de", "arcor.de", "aol.com", "aol.de"),
    *("posteo.de", "posteo.net", "mailbox.org", "online.de", "vodafone.de", "kabelmail.de", "msn.com", "ymail.com"),
    *("proton.me", "protonmail.com", "mail.de", "mail.com", "magenta.de", "unitybox.de", "netcologne.de"),
)
_KNOWN = frozenset(KNOWN)
_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "comm", "coom", "om", "vom", "xom"), "com"),
    **dict.fromkeys(("dee", "ed", "d", "dd", "de.", "dr", "fe"), "de"),
    **dict.fromkeys(("nett", "ent", "met"), "net"),
    **dict.fromkeys(("ogr", "rog", "orgg", "prg"), "org"),
}
# Below that nearly every short name is a slip away from another.
_SHORTEST = 6
_DOTS = re.compile(r"\.{2,}")
# Real names that are one slip away from one of the above.
_REAL = frozenset({"gmx.fr", "gmx.es", "gmx.it", "live.nl", "live.be", "live.at", "live.fr", "yahoo.at", "ge.com"})


def suggestion(address: str) -> str:
    """The address that was probably meant; empty where nothing looks wrong."""
    name, _at, domain = address.partition("@")
    meant = _domain(domain)
    local = _DOTS.sub(".", name).strip(".")
    better = f"{local}@{meant}"
    return better if local and better != address else ""


def _domain(domain: str) -> str:
    mended = _DOTS.sub(".", domain.replace(",", ".").replace("@", "")).strip(".")
    if mended in _KNOWN or mended in _REAL:
        return mended
    head, dot, ending = mended.rpartition(".")
    if not dot:
        # “anna@gmx”
        return next((each for each in KNOWN if each.partition(".")[0] == mended), mended)
    near = _nearest(mended)
    return near or (f"{head}.{_ENDINGS[ending]}" if ending in _ENDINGS else mended)


def _nearest(domain: str) -> str:
    if len(domain) < _SHORTEST:
        return ""
    best = min(KNOWN, key=lambda each: OSA.distance(domain, each, score_cutoff=2))
    distance = OSA.distance(domain, best, score_cutoff=2)
    # Two slips in a long name, one in a short one.
    return best if distance == 1 or (distance == 2 and len(best) > 9) else ""
