"""What a page tells search engines, messengers and social networks about itself: one value, drawn by base.html."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tenants.running.hosts import municipality_of
from theming.models import Theme

# What is shown of a description in lists of results; more is cut off there in mid-word.
LONGEST_DESCRIPTION = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """An image for previews; `url` is absolute."""

    url: str
    width: int
    height: int
    alt: str


def shared_picture(theme: Theme, base: str, drawn: Picture) -> Picture:
    """For a page without a picture of its own: the municipality's, where it has chosen one, else the one that is
    drawn. `base` as `site_url`."""
    if not theme.social_image:
        return drawn
    size = theme.social_image_width or drawn.width, theme.social_image_height or drawn.height
    return Picture(base + theme.social_image.url, *size, theme.social_image_alt or theme.portal_name)


@dataclass(frozen=True, slots=True)
class Head:
    """The words behind <title>, description, canonical link, Open Graph and JSON-LD of one page.

    `title` is without the portal's name (empty on the start page); `canonical` is absolute; `data` are schema.org
    objects. `listed` says whether search engines may show the page.
    """

    title: str
    description: str
    canonical: str
    picture: Picture | None = None
    kind: str = "website"
    listed: bool = True
    data: list[dict[str, Any]] = field(default_factory=list)


def site_url(request: HttpRequest) -> str:
    """Scheme and host (and the demo's port) of the municipality's main address, without a slash at the end.

    Never the host of the request: a portal that answers on several names has one that counts.
    """
    site = municipality_of(request)
    return f"{settings.URL_SCHEME}://{site.primary_host}{settings.URL_PORT}"


def shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    """Text of at most `most` signs, cut between words where that is possible."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}…".replace(",…", "…")


def breadcrumbs(crumbs: list[dict[str, str]], *, base: str, home: str) -> dict[str, Any]:
    """schema.org's BreadcrumbList of a page's crumbs; the last one, the page itself, carries no address."""
    trail = [{"label": home, "url": "/"}, *crumbs]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb["label"],
                **({"item": base + crumb["url"]} if crumb["url"] else {}),
            }
            for position, crumb in enumerate(trail, start=1)
        ],
    }
