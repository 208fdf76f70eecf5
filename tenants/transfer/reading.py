"""Reads the zip of an export, which may come from anybody: all is checked, and nothing is ever whole in memory."""

import hashlib
import re
import stat
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from django.utils.translation import gettext as _

from tenants.progress import Progress, silent
from tenants.refused import RefusedError
from tenants.transfer import manifest as first_page
from tenants.transfer.manifest import no_export
from tenants.transfer.writing import CHUNK

MOST_MEMBERS = 1_000_000
# Real exports shrink to a tenth; a thousandth is the most that deflate can do, and what bombs do.
MOST_EXPANSION = 200
ALWAYS_ALLOWED = 64 * 2**20
LONGEST_LINE = 64 * 2**20
_TABLE = re.compile(r"tables/([a-z][a-z0-9_]{0,62})\.jsonl")
# Parts of a path as storage makes them, and no part may begin with a dot: nothing leads out of the folder.
_FILE = re.compile(
    r"media/((?:[^\x00-\x1f/\\:.][^\x00-\x1f/\\:]{0,199}/){0,9}[^\x00-\x1f/\\:.][^\x00-\x1f/\\:]{0,199})"
)
_SHOWN = 80
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)


def damaged(name: str) -> RefusedError:
    """A member is not what the list of checksums says."""
    return RefusedError(_("The export is damaged: “%(name)s” is not what was written.") % {"name": name[:_SHOWN]})


class Archive:
    """An opened export whose outline was checked. Members are read once, in the order they stand in."""

    def __init__(self, zipped: zipfile.ZipFile, size: int) -> None:
        self._zip = zipped
        self._members = {each.filename: each for each in zipped.infolist()}
        _check_outline(zipped.infolist(), size)
        self.manifest = first_page.read(self._small(first_page.NAME))
        self._sums = self._read_checksums()
        self._compare_tables()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open the export at this path. Raises RefusedError, with one sentence, for anything that is none."""
        try:
            with path.open("rb") as file, zipfile.ZipFile(file) as zipped:
                yield cls(zipped, path.stat().st_size)
        except OSError as error:
            raise RefusedError(
                _("The file %(path)s cannot be used: %(reason)s.") % {"path": path, "reason": error.strerror or error}
            ) from error
        except _BROKEN as error:
            raise RefusedError(
                _("This is no complete export: the zip file is damaged (%(reason)s).")
                % {"reason": str(error)[:_SHOWN] or type(error).__name__}
            ) from error

    @property
    def tables(self) -> list[str]:
        """The names of the tables, in their order."""
        return [found[1] for name in self._sums if (found := _TABLE.fullmatch(name))]

    @property
    def files(self) -> list[str]:
        """The names of the files, below the municipality's folder."""
        return [found[1] for name in self._sums if (found := _FILE.fullmatch(name))]

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table; RefusedError at the end when they are not what was written."""
        name = f"tables/{table}.jsonl"
        digest = hashlib.sha256()
        with self._zip.open(self._members[name]) as member:
            while line := member.readline(LONGEST_LINE):
                digest.update(line)
                if not line.endswith(b"\n"):
                    raise damaged(name)
                yield line
        self._compare(name, digest.hexdigest())

    def content(self, file: str) -> Iterator[bytes]:
        """The content of a file in parts; RefusedError at the end when it is not what was written."""
        name = f"media/{file}"
        digest = hashlib.sha256()
        with self._zip.open(self._members[name]) as member:
            while part := member.read(CHUNK):
                digest.update(part)
                yield part
        self._compare(name, digest.hexdigest())

    def verify(self, progress: Progress = silent) -> None:
        """Read every member against its checksum; RefusedError when one differs."""
        members = [*((self.lines, name) for name in self.tables), *((self.content, name) for name in self.files)]
        for number, (read, name) in enumerate(members):
            progress("SHA-256", number, len(members))
            deque(read(name), maxlen=0)

    def _compare(self, name: str, digest: str) -> None:
        if digest != self._sums[name]:
            raise damaged(name)

    def _small(self, name: str) -> bytes:
        member = self._members.get(name)
        if member is None:
            raise no_export()
        if member.file_size > first_page.LONGEST:
            raise RefusedError(_("The export is damaged: “%(name)s” is too large.") % {"name": name})
        return self._zip.read(member)

    def _read_checksums(self) -> dict[str, str]:
        """What `sha256sum -c` reads: the checksum of each member, all of them and in the order of the zip."""
        name = first_page.CHECKSUMS
        if name not in self._members:
            raise damaged(name)
        whole, sums = hashlib.sha256(), {}
        with self._zip.open(self._members[name]) as member:
            for line in _limited(member):
                whole.update(line)
                digest, _two, of = line.decode(errors="replace").rstrip("\n").partition("  ")
                sums[of] = digest
        if whole.hexdigest() != self.manifest.checksums_sha256:
            raise damaged(name)
        if [*sums, first_page.CHECKSUMS, first_page.NAME] != list(self._members):
            raise damaged(name)
        return sums

    def _compare_tables(self) -> None:
        if self.tables != list(self.manifest.tables) or len(self.files) != self.manifest.files:
            raise RefusedError(_("The export is damaged: its manifest names other tables or files than it holds."))


def _limited(member: IO[bytes]) -> Iterator[bytes]:
    while line := member.readline(2**12):
        yield line


def _check_outline(members: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what no export of ours contains, before a single byte of it is unpacked."""
    if len(members) > MOST_MEMBERS:
        raise RefusedError(_("The export is damaged: it has too many members."))
    names: set[str] = set()
    for member in members:
        _check_member(member)
        if member.filename in names:
            raise RefusedError(_("The export has the member “%(name)s” twice.") % {"name": member.filename[:_SHOWN]})
        names.add(member.filename)
    # Members that share their bytes are the other kind of bomb.
    if sum(each.compress_size for each in members) > size or sum(each.file_size for each in members) > (
        ALWAYS_ALLOWED + MOST_EXPANSION * size
    ):
        raise RefusedError(_("The export would unpack to far more than its size allows. It is not read."))


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    mode = stat.S_IFMT(member.external_attr >> 16)
    ordinary = (
        mode in {0, stat.S_IFREG}
        and not member.flag_bits & 0x1
        and member.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        # zipfile cuts names at a NUL and turns backslashes: only what needs neither is taken.
        and member.orig_filename == name
    )
    known = name in {first_page.NAME, first_page.CHECKSUMS} or _TABLE.fullmatch(name) or _FILE.fullmatch(name)
    if not ordinary or not known:
        raise RefusedError(
            _("The export has a member that does not belong in it: “%(name)s”. It is not read.")
            % {"name": ascii(name[:_SHOWN])[1:-1]}
        )
