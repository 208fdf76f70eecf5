"""The files of a municipality: all but what can be made again."""

from collections.abc import Iterator

from tenants.running.folders import Found
from tenants.running.storage import files

# The folder of copies that are made when somebody asks for them (theming.images.DERIVED; a test compares).
DERIVED = "abgeleitet"


def kept_files(schema: str) -> Iterator[Found]:
    """Every file in order, without derived ones. Names beginning with a dot are marks and unfinished uploads."""
    for found in files().walk(schema):
        parts = found.name.split("/")
        if parts[0] != DERIVED and not any(part.startswith(".") for part in parts):
            yield found
