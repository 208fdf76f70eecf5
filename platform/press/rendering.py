"""One part of a paper from HTML to a tagged PDF, in a forked process: what its layout takes is given back at its end.

The layout of a thousand offers at once takes 700 MB, and it grows with the pages; of a hundred, 60 MB. What all parts
share, above all their fonts, is read once before the forks.
"""

import gc
import json
import logging
import os
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetchingError

from press.joining import ELSEWHERE

# WeasyPrint takes half a picture for a whole one and says so to all of Pillow; whoever else reads pictures in this
# process does not.
ImageFile.LOAD_TRUNCATED_IMAGES = False
VARIANT = "pdf/ua-1"
_PLACE = re.compile(r"<\?seite ([^?]*)\?>")
UNKNOWN = "0000"
"""Stands where the number of a page is not known yet; no narrower than any number."""

_SELDOM = (100_000, 50, 100)
"""When a fork looks for garbage: it ends soon, and nearly all it has is in use until then."""


class PartError(Exception):
    """A part that could not be made."""


class _Inside(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out files of the given folders only: nothing of a paper is asked of any server, whatever somebody wrote."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("file", "data"))
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: Any = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(unquote(parts.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self._folders):
                raise URLFetchingError("This file is not part of the paper.")
        return super().fetch(url, headers)


class Press:
    """Makes the parts of one paper. `look` is the style sheet that names the fonts."""

    def __init__(self, folders: tuple[Path, ...], look: Path) -> None:
        self.fetcher = _Inside(folders)
        self.fonts = FontConfiguration()
        if look.exists():
            # A second of each ten went into unpacking the same fonts for every part.
            CSS(filename=look, font_config=self.fonts, url_fetcher=self.fetcher)
        # What is there by now stays, and is not looked through in each fork again.
        gc.collect()
        gc.freeze()


def write_part(text: str, target: Path, *, first_page: int, press: Press) -> dict[str, int]:
    """Make a part of a page of HTML; which anchor is on which page, and by the name "" how many pages it has."""
    target.with_suffix(".print.html").write_text(text, encoding="utf-8")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _render(target, first_page, press)
            status = 0
        except BaseException:
            # The fork ends here whatever happened: its parent says so, and this tells whoever looks why.
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    if ended != 0:
        raise PartError(f"{target.name}: {ended}")
    found: dict[str, int] = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def _render(target: Path, first_page: int, press: Press) -> None:
    gc.set_threshold(*_SELDOM)
    page = HTML(filename=target.with_suffix(".print.html"), url_fetcher=press.fetcher)
    counting = CSS(string=f"@page :first{{counter-reset:page {first_page}}}")
    # What WeasyPrint cannot do or read stands in the complaints.
    logging.basicConfig(level=logging.WARNING)
    document = page.render(stylesheets=[counting], font_config=press.fonts, pdf_variant=VARIANT)
    places = {name: number for number, each in enumerate(document.pages, first_page) for name in each.anchors}
    target.write_bytes(document.write_pdf(pdf_variant=VARIANT))
    target.with_suffix(".json").write_text(json.dumps({"": len(document.pages), **places}), encoding="utf-8")


def numbered(text: str, known: Mapping[str, int]) -> str:
    """The page with numbers of pages in place of `<?seite name?>`; several names give each page once, in order, as
    links.

    What people wrote is escaped by then, so it never looks like that.
    """
    return _PLACE.sub(lambda found: _number(found[1], known), text)


def _number(names: str, known: Mapping[str, int]) -> str:
    if " " not in names:
        return str(known.get(names, UNKNOWN))
    first: dict[int, str] = {}
    for name in sorted(set(names.split()) & set(known), key=lambda each: (known[each], each)):
        first.setdefault(known[name], name)
    return ", ".join(f'<a href="{ELSEWHERE}{name}">{number}</a>' for number, name in first.items())
