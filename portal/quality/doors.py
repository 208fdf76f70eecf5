"""Where editors change an offer or a provider: the pages of other rooms, as far as this release has them."""

from functools import cache

from django.urls import Resolver404, resolve

EDIT = {
    "offer": "/redaktion/angebote/{pk}/",
    "provider": "/redaktion/anbieter/{pk}/",
    "page": "/redaktion/seiten/{pk}/",
}
MERGE = "/redaktion/anbieter/zusammenfuehren/"


@cache
def exists(path: str) -> bool:
    """Whether an address leads to a page of this release; the map of addresses stays the same while a process lives."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return not _is_catch_all(path)


def _is_catch_all(path: str) -> bool:
    return resolve(path).view_name in {"pages:moved", "pages:show"}


def edit_url(kind: str, pk: int) -> str:
    """The page on which editors change it; empty where there is none."""
    pattern = EDIT[kind]
    return pattern.format(pk=pk) if exists(pattern.format(pk=1)) else ""


def merge_url(first: int, second: int) -> str:
    """The page on which two providers become one; empty where there is none."""
    return f"{MERGE}?a={first}&b={second}" if exists(MERGE) else ""
