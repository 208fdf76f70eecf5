"""The tile proxy: fetches pieces of the background map for visitors, so that the source learns nothing about them.

Only what belongs to the municipality's surroundings and zoom levels is fetched; it is kept on disk and still shown
when the source is down. What leaves our house is the number of the tile, and nothing of the visitor's request.
"""

import hashlib
import os
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.outgoing import Limits, Outgoing, OutgoingError
from portal.maps.geometry import Box, mercator
from portal.maps.models import MapSettings
from portal.maps.outlines import areas, home_box
from portal.maps.sources import SourceError, check_address, filled
from portal.maps.turns import Turns
from portal.preferences.models import Preferences
from tenants.running.changes import remembered
from tenants.running.context import current_schema

FRESH_SECONDS = 30 * 24 * 3600
# How exactly the time of the last look at a tile is kept; many disks do not keep it at all.
LOOK_SECONDS = 24 * 3600
# What a killed process left half-written.
UNFINISHED_SECONDS = 3600
LIMITS = Limits(connect=3, read=4, total=6, most_bytes=600_000, kinds=("image/",))
AGENT = "Chancenportal tile proxy"
# The first bytes decide, whatever the source says it sends.
KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))
TURNS = Turns()


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be fetched: from where, which part of the globe, which zoom levels."""

    template: str
    box: Box
    min_zoom: int
    max_zoom: int

    def allows(self, z: int, x: int, y: int) -> bool:
        """Whether the tile exists and touches the box."""
        if not self.min_zoom <= z <= self.max_zoom or not (0 <= x < 2**z and 0 <= y < 2**z):
            return False
        west, north = (part * 2**z for part in mercator(self.box.north, self.box.west))
        east, south = (part * 2**z for part in mercator(self.box.south, self.box.east))
        return int(west) <= x <= int(east) and int(north) <= y <= int(south)


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture and what kind it is."""

    content: bytes
    kind: str


class TileError(Exception):
    """The source gave no usable picture; the message says why."""


def rules() -> Rules | None:
    """The municipality's rules, remembered until they change; None where no source is configured."""
    return remembered("maps.tile_rules", _rules, rooms=("maps", "taxonomy", "preferences"))


def _rules() -> Rules | None:
    chosen = MapSettings.objects.first()
    if chosen is None or not chosen.tile_url:
        return None
    box = home_box(areas(), Preferences.current())
    # A little more than the municipality itself, so that the map does not end at the border.
    return Rules(chosen.tile_url, box.widened(0.25), chosen.min_zoom, chosen.max_zoom) if box else None


def tile(allowed: Rules, z: int, x: int, y: int) -> Tile | None:
    """A tile from the disk or the source; an old one while the source is down; None where there is nothing at all."""
    path = _folder(allowed.template) / str(z) / str(x) / f"{y}.tile"
    kept = _read(path)
    if kept is not None and time.time() - path.stat().st_mtime < FRESH_SECONDS:
        return kept
    with TURNS.at((current_schema(), allowed.template)) as turn:
        if turn is None:
            return kept
        try:
            content = fetch(filled(allowed.template, z, x, y))
        except TileError:
            turn.failed = True
            return kept
    _write(path, content)
    return Tile(content, _kind(content))


def fetch(url: str) -> bytes:
    """The picture at an address. Raises TileError; connects to nothing but a public host, follows no redirect."""
    headers = {"User-Agent": f"{AGENT} ({settings.BASE_DOMAIN})", "Accept": "image/*"}
    try:
        check_address(url)
        with Outgoing(LIMITS, anywhere=settings.TILES_FROM_PRIVATE_NETWORK) as outgoing:
            answer = outgoing.ask("GET", url, headers=headers)
    except (SourceError, OutgoingError) as problem:
        raise TileError(str(problem)) from problem
    if answer.status != 200:
        raise TileError(f"The source answered with {answer.status}.")
    if not _kind(answer.content):
        raise TileError("The source sent something else than PNG, JPEG or WebP.")
    return answer.content


def _kind(content: bytes) -> str:
    kind = next((kind for start, kind in KINDS if content.startswith(start)), "")
    return "" if kind == "image/webp" and content[8:12] != b"WEBP" else kind


def _folder(template: str) -> Path:
    """One folder per municipality and source: after a change of source nothing old is shown."""
    name = hashlib.sha256(template.encode()).hexdigest()[:16]
    return Path(settings.TILE_CACHE) / current_schema() / name


def _read(path: Path) -> Tile | None:
    try:
        content = path.read_bytes()
        times = path.stat()
        if time.time() - times.st_atime > LOOK_SECONDS:
            os.utime(path, (time.time(), times.st_mtime))
    except FileNotFoundError:
        return None
    return Tile(content, _kind(content)) if _kind(content) else None


def _write(path: Path, content: bytes) -> None:
    """All or nothing: another process never reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(path)


def shrink_cache(most_bytes: int) -> int:
    """Keep the tiles of all municipalities below a size: those nobody looked at for longest go. Returns how many went.

    Safe beside readers and writers: a tile that goes is fetched again when somebody asks for it.
    """
    known, total, gone = [], 0, 0
    for path in Path(settings.TILE_CACHE).rglob("*"):
        times = _times(path)
        if times is None:
            continue
        if path.suffix != ".tile" and time.time() - times.st_mtime > UNFINISHED_SECONDS:
            path.unlink(missing_ok=True)
        else:
            known.append((times.st_atime, times.st_size, path))
            total += times.st_size
    for _looked_at, size, path in sorted(known):
        if total <= most_bytes:
            break
        path.unlink(missing_ok=True)
        total -= size
        gone += 1
    return gone


def _times(path: Path) -> os.stat_result | None:
    """Size and times of a file; None for a folder and for what is gone meanwhile."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None
