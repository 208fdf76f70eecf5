"""What blocks point at and is not there (any more), in sentences for editors. Readers see the rest, or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.html import links_of
from portal.blocks.drawing import GoneError, Pointed, known_search, make
from portal.blocks.linked import KNOWN
from portal.pages.models import Redirect
from portal.pages.shapes import Block, Shape, parts_of

_PARTS = {
    Shape.PICTURE: gettext_lazy("A picture in it does not exist any more."),
    Shape.DOCUMENT: gettext_lazy("A file in it does not exist any more."),
    Shape.PROVIDER: gettext_lazy("A provider in it is not on the portal any more."),
}
_MOST_NAMED = 3
_LONGEST_NUMBER = 18
# Nobody answers, or only where an address moved.
_NOTHING = ("", "pages:moved")


def of(blocks: list[Block]) -> dict[str, str]:
    """Why readers do not see (all of) a block, by its id; hidden and empty ones are left out. A fixed number of
    statements, whatever the number of blocks."""
    looked_at = [each for each in blocks if each["data"] and not each["hidden"]]
    others = [each for each in looked_at if each["kind"] != "offers"]
    found = {each.id: each.problem for each in make(others, HttpRequest(), True) if each.problem}
    for sentences in (_searches(looked_at), _parts(others), _links(others)):
        for pk, sentence in sentences:
            found.setdefault(pk, sentence)
    return found


def _searches(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Blocks whose search asks for what is gone; nothing is searched for that."""
    for block in blocks:
        if block["kind"] == "offers" and "search" in block["data"]:
            try:
                known_search(block["data"])
            except GoneError as error:
                yield block["id"], str(error)


def _parts(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Blocks of which a part is gone."""
    pointed = Pointed.of(blocks)
    there: dict[Shape, Mapping[int, Any]] = {
        Shape.PICTURE: pointed.pictures,
        Shape.DOCUMENT: pointed.documents,
        Shape.PROVIDER: pointed.providers,
    }
    for block in blocks:
        for _name, each, value in parts_of(block):
            if each.shape in there and value not in there[each.shape]:
                yield block["id"], str(_PARTS[each.shape])
                break


def _links(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Blocks that lead to a page, an offer or a provider of the portal that is not there."""
    written = {block["id"]: list(_inner_links(block)) for block in blocks}
    there = _There.of({link for links in written.values() for link in links})
    for pk, links in written.items():
        if lost := [link for link in dict.fromkeys(links) if not there.answers(link)]:
            yield (
                pk,
                _("It leads to what is not on the portal any more: %(links)s")
                % {"links": ", ".join(lost[:_MOST_NAMED])},
            )


def _inner_links(block: Block) -> Iterator[str]:
    for _name, each, value in parts_of(block):
        links = links_of(value) if each.shape == Shape.MARKUP else [value] if each.shape == Shape.LINK else []
        yield from (path for link in links if link.startswith("/") and (path := _path(link)))


def _path(link: str) -> str:
    bare = link.partition("#")[0].partition("?")[0]
    return bare if bare.endswith("/") or "." in bare.rpartition("/")[2] else f"{bare}/"


@dataclass
class _There:
    """Which of some addresses answer."""

    keys: dict[str, set[str]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, paths: set[str]) -> "_There":
        """Asked for once for all, by one statement a view."""
        asked: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            view, key = _view_of(path)
            asked[view].add(key)
        found = cls()
        for view in asked.keys() & KNOWN.keys():
            found.keys[view] = {str(each) for each in KNOWN[view][1](asked[view])}
        if paths:
            old = [*paths, *(path.rstrip("/") for path in paths)]
            kept = Redirect.objects.filter(old_path__in=old).values_list("old_path", flat=True)
            found.moved = {path.rstrip("/") for path in kept}
        return found

    def answers(self, path: str) -> bool:
        """Whether somebody who follows it comes to something."""
        if path.rstrip("/") in self.moved:
            return True
        view, key = _view_of(path)
        return key in self.keys[view] if view in KNOWN else view not in _NOTHING


def _view_of(path: str) -> tuple[str, str]:
    """What answers at an address, and for which page, offer or provider."""
    try:
        match = resolve(path)
    except Resolver404:
        return "", ""
    view = match.view_name
    if view not in KNOWN:
        return view, ""
    name = KNOWN[view][0]
    key = str(match.kwargs[name])
    # As numbers are written in the table, `/angebote/007-x/` is offer 7; longer ones are none of ours.
    return view, key.lstrip("0")[:_LONGEST_NUMBER] if name == "pk" else key
