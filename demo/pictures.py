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

MEDIA = Path(__file__).parent / "media"


@cache
def _bytes(file: str) -> bytes:
    return (MEDIA / file).read_bytes()


def read(picture: ImageSpec) -> bytes:
    """The file of a picture."""
    return _bytes(picture.file)


@dataclass
class Gallery:
    """What was stored in the municipality we are inside: name and size of each file."""

    stored: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def fields(self, picture: ImageSpec | None, model: type[models.Model]) -> dict[str, Any]:
        """The columns of an image row that shows this picture; its file is stored the first time."""
        if picture is None:
            return {}
        key = (picture.file, model.__name__)
        if key not in self.stored:
            content = read(picture)
            width, height = Image.open(BytesIO(content)).size
            name = default_storage.save(upload_name(model(), picture.file), ContentFile(content))
            self.stored[key] = {"image": name, "width": width, "height": height}
        return {**self.stored[key], "alt_text": picture.alt, "copyright": picture.copyright}
