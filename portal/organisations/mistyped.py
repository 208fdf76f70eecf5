"""Addresses of mail that were probably mistyped. A guess is a question to the person, never an error."""

# What people in Germany have their mail at, most common first; anything that stands here is right as it is.
PROVIDERS = (
    "gmx.de", "web.de", "gmail.com", "t-online.de", "gmx.net", "googlemail.com", "outlook.de", "outlook.com",
    "hotmail.de", "hotmail.com", "yahoo.de", "yahoo.com", "icloud.com", "freenet.de", "posteo.de", "mailbox.org",
    "live.de", "online.de", "arcor.de", "aol.com", "vodafone.de", "ymail.com", "me.com", "mail.de", "email.de",
    "mail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.eu", "gmx.info", "gmx.org", "live.com", "msn.com", "unitybox.de",
    "kabelmail.de", "netcologne.de", "ewe.net", "ewetel.net", "aol.de", "yahoo.fr", "yahoo.at", "mailbox.de",
    "posteo.net", "proton.me", "protonmail.com", "gmx.biz", "mac.com", "tutanota.com", "tutanota.de", "tuta.io",
)  # fmt: skip
_KNOWN = frozenset(PROVIDERS)
# In a long name two slips still leave no doubt.
_LONG = 9


def meant(email: str) -> str:
    """The address this one is probably meant to be, or "" for one that looks right."""
    name, at, domain = email.strip().lower().rpartition("@")
    if not at or not name or domain in _KNOWN or len(domain) > 30:
        return ""
    near = min(PROVIDERS, key=lambda known: _slips(domain, known))
    allowed = 2 if len(near) >= _LONG else 1
    return f"{name}@{near}" if _slips(domain, near) <= allowed else ""


def _slips(typed: str, right: str) -> int:
    """How many keys went wrong: letters left out, added, changed, or two swapped (Damerau and Levenshtein)."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, sign in enumerate(typed, start=1):
        now = [row]
        for column, other in enumerate(right, start=1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (sign != other))
            swapped = row > 1 and column > 1 and sign == right[column - 2] and typed[row - 2] == other
            now.append(min(least, before[column - 2] + 1) if swapped else least)
        before, last = last, now
    return last[-1]
