"""What a file is made of on its way to an S3 server and back, and how long that may take."""

import base64
import errno
import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from tenants.running.stores.trouble import DamagedError, StoreError

# Seconds for any file, and the slowest rate, bytes a second, for what is larger: nobody's thread is held for minutes.
SECONDS, LEAST_RATE = 25.0, 2 * 2**20
_PIECE = 2**18
_IN_MEMORY = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server says of a file. `sha256` is empty for what somebody else put there."""

    size: int
    written: datetime
    sha256: str


class Deadline:
    """When whoever waits has waited enough."""

    def __init__(self, size: int = 0) -> None:
        self._ends = time.monotonic() + SECONDS + size / LEAST_RATE
        self._grown = size

    def grow(self, size: int) -> None:
        """It is known now how large the file is; said twice, it counts once."""
        self._ends += max(0, size - self._grown) / LEAST_RATE
        self._grown = max(size, self._grown)

    def is_over(self) -> bool:
        return time.monotonic() > self._ends

    def check(self) -> None:
        """DamagedError when it is over."""
        if self.is_over():
            raise DamagedError(_("The S3 server does not answer in time."))


class Out:
    """Remembers for a moment that the server does not answer: one thread waits for it then, not all of them."""

    SECONDS = 5.0

    def __init__(self) -> None:
        self._until = 0.0

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """StoreError at once while it is out, and it is out when what is inside found that nobody answers."""
        if time.monotonic() < self._until:
            raise StoreError(_("The S3 server does not answer in time."), errno.ETIMEDOUT)
        try:
            yield
        except StoreError as error:
            if error.errno in {errno.ETIMEDOUT, errno.ECONNREFUSED}:
                self._until = time.monotonic() + self.SECONDS
            raise

    def over(self) -> None:
        """Somebody heard it."""
        self._until = 0.0


class Paced:
    """The contents as boto3 reads them, again from the beginning if need be, until the deadline."""

    def __init__(self, source: IO[Any], deadline: Deadline) -> None:
        self._source, self._deadline = source, deadline

    def read(self, amount: int = -1) -> bytes:
        self._deadline.check()
        return bytes(self._source.read(amount))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._source.seek(offset, whence) or self.tell()

    def tell(self) -> int:
        return self._source.tell()


@dataclass(frozen=True, slots=True)
class Contents:
    """A file that is to be stored, looked through once."""

    source: IO[Any]
    size: int
    md5: str
    sha256: str

    def paced(self) -> Paced:
        self.source.seek(0)
        return Paced(self.source, Deadline(self.size))


@contextmanager
def gathered(content: "File[Any]") -> Iterator[Contents]:
    """Size and hashes of what somebody wants stored. Texts, and what cannot be read twice, are put aside first."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
        # Content-MD5 says whether it arrived; nobody trusts it for more.
        size, md5, sha256 = 0, hashlib.md5(usedforsecurity=False), hashlib.sha256()
        for piece in content.chunks(_PIECE):
            said = piece.encode() if isinstance(piece, str) else piece
            md5.update(said)
            sha256.update(said)
            aside.write(said)
            size += len(said)
        yield Contents(aside, size, base64.b64encode(md5.digest()).decode(), sha256.hexdigest())
