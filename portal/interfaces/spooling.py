"""Long answers are written to a file first and then sent: whoever is slow at the other end holds no connection to the
database, and a fault is an answer of its own, no file that ends too soon."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO


def spooled(portions: Iterable[bytes]) -> IO[bytes]:
    """A file of all portions, at its beginning; closed by whoever sends it. After an error nothing of it is left."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        file.writelines(portions)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
