"""One part of a paper from HTML to a tagged PDF, in a forked process: what its layout takes is given back at its end.

The layout of a thousand offers at once takes 700 MB, and it grows with the pages; of a hundred, 60 MB.
"""

import json
import os
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetchingError

VARIANT = "pdf/ua-1"


class PartError(Exception):
    """A part that could not be made."""


class _Inside(URLFetcher):
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


def write_part(
    source: Path, target: Path, *, first_page: int, known: Mapping[str, int], folders: tuple[Path, ...]
) -> dict[str, int]:
    """Make a part; which anchor is on which page, and by the name "" how many pages it has."""
    text = numbered(source.read_text(encoding="utf-8"), first_page, known)
    target.with_suffix(".print.html").write_text(text, encoding="utf-8")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _render(target, first_page, folders)
            status = 0
        except BaseException:
            # The fork ends here whatever happened: its parent says so, and this tells whoever looks why.
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    if ended != 0:
        raise PartError(f"{source.name}: {ended}")
    found: dict[str, int] = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def _render(target: Path, first_page: int, folders: tuple[Path, ...]) -> None:
    page = HTML(filename=target.with_suffix(".print.html"), url_fetcher=_Inside(folders))
    document = page.render(pdf_variant=VARIANT)
    places = {name: number for number, each in enumerate(document.pages, first_page) for name in each.anchors}
    target.write_bytes(document.write_pdf(pdf_variant=VARIANT))
    target.with_suffix(".json").write_text(json.dumps({"": len(document.pages), **places}), encoding="utf-8")


def numbered(text: str, first_page: int, known: Mapping[str, int]) -> str:
    """The page with numbers of pages in place of `@@name@@`, and its own first number in place of `@@@@`."""
    pieces = text.replace("@@@@", str(first_page)).split("@@")
    return "".join(str(known.get(each, "000")) if at % 2 else each for at, each in enumerate(pieces))
