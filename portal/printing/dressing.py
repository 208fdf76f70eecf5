"""The look of a paper: the municipality's colours, font, logo and picture as files beside its pages."""

import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from tenants.urls import own_address, own_host
from theming.models import Theme
from theming.paper import FONTS, write_style
from theming.services import current_theme


@dataclass(frozen=True, slots=True)
class Dress:
    """Writes pages into a folder, dressed. `logo` and `picture` are files there, or ""."""

    folder: Path
    kind: str
    theme: Theme
    logo: str
    picture: str

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where else the press may read: our fonts."""
        return (FONTS,)

    @property
    def host(self) -> str:
        """The address as people type it."""
        return own_host()

    @property
    def address(self) -> str:
        """The address of the start page."""
        return own_address()

    def write(self, name: str, template: str, context: dict[str, Any]) -> None:
        """Write one page; a template of another room has its folder in its name."""
        said = {"dress": self, "theme": self.theme, "portal_host": self.host, **context}
        path = template if "/" in template else f"printing/paper/{template}"
        (self.folder / name).write_text(render_to_string(path, said), encoding="utf-8")

    def code(self, name: str, url: str) -> str:
        """A QR code as a drawing beside the pages; its name."""
        out = BytesIO()
        segno.make_qr(url, error="m").save(
            out, kind="svg", scale=10, border=4, light="#fff", svgclass=None, lineclass=None
        )
        (self.folder / f"{name}.svg").write_bytes(out.getvalue())
        return f"{name}.svg"


def dress(folder: Path, *, size: str, kind: str, picture: bool = False) -> Dress:
    """Put look and pictures into the folder."""
    theme = current_theme()
    write_style(folder, theme, size=size)
    return Dress(
        folder,
        kind,
        theme,
        logo=_copied(str(theme.logo), folder, "logo"),
        picture=_copied(str(theme.hero_image), folder, "picture") if picture else "",
    )


def _copied(name: str, folder: Path, as_name: str) -> str:
    """A picture of the municipality beside the pages; "" where there is none (any more)."""
    if not name or not default_storage.exists(name):
        return ""
    target = f"{as_name}{Path(name).suffix.lower()}"
    with default_storage.open(name) as source, (folder / target).open("wb") as written:
        shutil.copyfileobj(source, written)
    return target


def paragraphs(text: str) -> list[str]:
    """Text of a field, by its empty lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
