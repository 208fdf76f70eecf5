"""What browsers ask to know before they put the portal on a home screen (Web Application Manifest)."""

from typing import Any

from django.utils.translation import gettext as _

from portal.preferences.models import Preferences
from theming.models import Theme
from theming.symbol import colours

SIZES = (192, 512)
# Below a symbol there is room for no more.
LONGEST_SHORT_NAME = 12
TYPE = "application/manifest+json"


def short_name(name: str) -> str:
    """The name below the symbol: whole where it fits, else its first words that do."""
    if len(name) <= LONGEST_SHORT_NAME:
        return name
    kept = name[: LONGEST_SHORT_NAME + 1].rsplit(" ", 1)[0] if " " in name[: LONGEST_SHORT_NAME + 1] else name
    return kept[:LONGEST_SHORT_NAME]


def manifest(theme: Theme) -> dict[str, Any]:
    """The manifest. Nothing in it tells how somebody came: the start page is the start page."""
    bar, ground = colours(theme)
    names = Preferences.current()
    return {
        "id": "/",
        "name": theme.portal_name,
        "short_name": short_name(theme.portal_name),
        "description": theme.hero_text or theme.claim or theme.portal_name,
        "lang": "de",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": bar,
        "background_color": ground,
        "icons": [
            {
                "src": f"/app/symbol-{size}{ending}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in SIZES
            for ending, purpose in (("", "any"), ("-rand", "maskable"))
        ],
        "shortcuts": [
            {"name": _("Search"), "url": "/angebote/"},
            {"name": _("My bookmarks"), "url": "/merkliste/"},
            {"name": names.providers_name, "url": "/anbieter/"},
        ],
        "share_target": {
            "action": "/teilen/",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
