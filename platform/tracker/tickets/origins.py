"""What goes along with a report, each shown before: the page, the browser, the version, the role."""

import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import parse_qsl, quote, urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import ROLE_NAMES
from core.access import Role
from tracker.tickets.models import Area, Viewer

MOST_PAGE = 500
# Keys to something (an invitation, a cancellation) and names of people have no business in a report.
_KEY = re.compile(r"[\w:=.~-]{20,}")
MOST_DIGITS = 8
_BROWSERS = (
    ("Edge", re.compile(r"Edg[A]?/(\d+)")),
    ("Opera", re.compile(r"OPR/(\d+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"Version/(\d+)[\d.]* (?:Mobile/\w+ )?Safari")),
)
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")
_AREAS = (
    ("/redaktion/anbieter", Area.PROVIDERS),
    ("/redaktion/aussehen", Area.LOOK),
    ("/redaktion/seiten", Area.LOOK),
    ("/redaktion/", Area.DESK),
    ("/auswertung/", Area.PLANNING),
    ("/konto/", Area.PROVIDERS),
    ("/anbieter/", Area.PROVIDERS),
    ("/angebote/", Area.SEARCH),
)


def page_of(given: str) -> str:
    """The path of a page of ours, without anything in it that is secret; “” for what is no path."""
    if not given.startswith("/") or given.startswith("//") or len(given) > 4 * MOST_PAGE:
        return ""
    parts = urlsplit(given)
    path = "/".join(_masked(each) for each in parts.path.split("/"))
    query = "&".join(f"{quote(name[:40])}={_asked(value)}" for name, value in parse_qsl(parts.query)[:10])
    return f"{path}?{query}"[:MOST_PAGE] if query else path[:MOST_PAGE]


def _asked(value: str) -> str:
    masked = _masked(value)
    return masked if masked == "…" else quote(value)


def _masked(piece: str) -> str:
    """“…” for what looks like a key or an address; words with hyphens between them do not."""
    wordy = piece.islower() and sum(sign.isdigit() for sign in piece) < MOST_DIGITS
    return "…" if "@" in piece or (_KEY.fullmatch(piece) and not wordy) else piece


def browser_of(request: HttpRequest) -> str:
    """“Firefox 132, Windows”: no more than that of what a browser tells of itself."""
    agent = request.headers.get("User-Agent", "")[:400]
    name = next((f"{name} {found[1]}" for name, pattern in _BROWSERS if (found := pattern.search(agent))), "")
    system = next((each for each in _SYSTEMS if each in agent), "")
    return ", ".join(each for each in (name, "macOS" if system == "Macintosh" else system) if each)


@lru_cache(maxsize=1)
def our_version() -> str:
    """The version of the platform that runs here."""
    try:
        return version("chancenportal")
    except PackageNotFoundError:
        return ""


def role_of(viewer: Viewer) -> str:
    """The weightiest role of who reports, as a word."""
    for role in (Role.OPERATOR, Role.ADMIN, Role.EDITOR, Role.PLANNER, Role.PROVIDER):
        if role in viewer.roles:
            return str(ROLE_NAMES[role])
    return ""


def area_of(page: str) -> str:
    """Which part of the portal a page belongs to."""
    return next((area for start, area in _AREAS if page.startswith(start)), Area.OTHER)


def along(request: HttpRequest, viewer: Viewer, page: str) -> list[tuple[str, str, str]]:
    """What would go along: key, label and value of each that there is."""
    rows = [
        ("page", _("Page"), page),
        ("browser", _("Browser"), browser_of(request)),
        ("version", pgettext("software", "Version"), our_version()),
        ("role", _("Role"), role_of(viewer)),
    ]
    return [row for row in rows if row[2]]
