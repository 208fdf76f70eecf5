"""An accepted paper as a PDF, made once and kept."""

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from core.lazy import lazy
from onboarding.models import Acceptance
from press.running import Sheets, print_sheets
from tenants.running.context import inside_public
from theming.paper import FONTS

if TYPE_CHECKING:
    import markdown_it
else:
    markdown_it = lazy("markdown_it")

LOOK = Path(__file__).parent / "texts" / "paper.css"


def as_html(text: str) -> SafeString:
    """A paper as it is read. It is the operator's text; raw HTML in it stays text all the same."""
    reader = markdown_it.MarkdownIt("commonmark", {"html": False}).enable("table")
    made: SafeString = mark_safe(reader.render(text))  # noqa: S308 - the renderer escapes
    return made


def write_pdf(number: int) -> None:
    """Make the PDF of an acceptance: the text and who accepted it when. Made once, and never again."""
    with inside_public():
        found = Acceptance.objects.select_related("paper").filter(pk=number, pdf__isnull=True).first()
    if found is None:
        return
    with tempfile.TemporaryDirectory(prefix="chancenportal-papers-") as name, translation.override("de"):
        folder = Path(name)
        context = {"acceptance": found, "paper": found.paper, "body": as_html(found.paper.text)}
        (folder / "paper.html").write_text(render_to_string("onboarding/paper.html", context), encoding="utf-8")
        (folder / "look.css").write_text(_faces() + LOOK.read_text(encoding="utf-8"), encoding="utf-8")
        printed = print_sheets(folder, Sheets(parts=["paper.html"], folders=(FONTS,)), tell=_nobody, seconds=120)
        pdf = printed.path.read_bytes()
    with inside_public():
        Acceptance.objects.filter(pk=number, pdf__isnull=True).update(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())


def _nobody(_done: int, _total: int) -> None:
    """A paper of some pages is ready before anybody could look how far it is."""


def _faces() -> str:
    """Our own font, from the files the portals use: nothing depends on what a machine has installed."""
    return "".join(
        f'@font-face {{ font-family: "Fira Sans"; font-weight: {weight}; '
        f'src: url("{(FONTS / f"fira-sans-{weight}-latin.woff2").as_uri()}"); }}\n'
        for weight in (400, 600)
    )
