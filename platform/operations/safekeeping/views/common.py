"""What the room's pages share."""

from django.utils.translation import gettext as _


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The trail of a page below exports and backups; the last has no address."""
    trail = [
        (_("Operations"), "/betrieb/"),
        (_("Exports and backups"), "/betrieb/sicherungen/" if more else ""),
        *more,
    ]
    return [{"label": label, "url": url} for label, url in trail]
