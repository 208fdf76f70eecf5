"""The demo's pictures: read from this package, stored once in a municipality however many show them."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from PIL import Image

from core.models import upload_name
from demo.content.types import ImageSpec
from portal.media.services import complete

MEDIA = Path(__file__).parent / "media"


@cache
def _read(file: str) -> bytes:
    return (MEDIA / file).read_bytes()


@dataclass
class Gallery:
    """What was stored in the municipality we are inside: name and size of each file.

    The pictures of this package are as small as `theming.services` would make them, and pass it by: making them
    small again takes a second each.
    """

    stored: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def file(self, picture: ImageSpec, model: type[models.Model]) -> dict[str, Any]:
        """Image, width and height of a row of this model; the file is stored the first time."""
        key = (picture.file, model.__name__)
        if key not in self.stored:
            content = _read(picture.file)
            width, height = Image.open(BytesIO(content)).size
            name = default_storage.save(upload_name(model(), picture.file), ContentFile(content))
            self.stored[key] = {"image": name, "width": width, "height": height}
        return self.stored[key]

    def name(self, picture: ImageSpec, model: type[models.Model]) -> str:
        """The stored file's name, for a row with several pictures."""
        return str(self.file(picture, model)["image"])

    def fields(self, picture: ImageSpec | None, model: type[models.Model]) -> dict[str, Any]:
        """All columns of an image row that shows this picture."""
        if picture is None:
            return {}
        return {**self.file(picture, model), "alt_text": picture.alt, "copyright": picture.copyright}


def measure_pictures() -> None:
    """Sizes of all pictures, which the nightly job would read."""
    while complete():
        pass
