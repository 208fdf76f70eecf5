"""What is said when files cannot be kept or read, whatever keeps them."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

# No room, over the quota, the file too large for it, mounted for reading only.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


class StoreError(OSError):
    """The store gave no usable answer; that says nothing about whether a file is there.

    An OSError, because whoever works with files on a disk looks out for those. Its text is a sentence for people.
    """

    def __init__(self, text: str, number: int = errno.EIO) -> None:
        super().__init__(number, text)

    def __str__(self) -> str:
        return str(self.strerror)


class DamagedError(StoreError):
    """A file came, again and again, other than it was stored."""


@contextmanager
def full_is_said() -> Iterator[None]:
    """A disk that takes nothing more is the same trouble as a full bucket."""
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise StoreError(error.strerror or "full", error.errno or errno.ENOSPC) from error
