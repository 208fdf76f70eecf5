"""Files of a municipality lie in a folder of its own, and its media URLs reach no other."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from tenants.running.context import current_schema


def folder_of(schema_name: str) -> Path:
    """Where the files of a schema lie."""
    return Path(settings.MEDIA_ROOT) / schema_name


class MunicipalityStorage(FileSystemStorage):
    """The default storage: every name is looked up below the folder of the municipality we are inside."""

    @property
    def base_location(self) -> str:
        return str(folder_of(current_schema()))

    @property
    def location(self) -> str:
        return str(folder_of(current_schema()).resolve())
