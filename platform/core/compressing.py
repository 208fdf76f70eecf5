"""Answers are packed for whoever can unpack them: with brotli what anybody may read from anywhere, all else with gzip.

Django's own middleware packs by gzip alone, and also for who says that gzip will not do (`gzip;q=0`). What it does
against guessing secrets by the length of an answer (BREACH: a few random bytes) brotli has no room for; so that is for
answers without secrets alone: those that every page may read (`Access-Control-Allow-Origin: *`).

Pictures, papers, workbooks and archives are packed already. Packed again they would cost time and lose their length, by
which a browser knows how far it is and whether a file is whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from core.lazy import lazy

if TYPE_CHECKING:
    import brotli
else:
    brotli = lazy("brotli")

# What is shorter gains nothing (as Django has it).
_WORTH_IT = 200
_TEXTS = re.compile(r"text/|image/svg\+xml|application/(?:\S+\+)?(?:json|jsonl|x-ndjson|xml|javascript)\b")
# Of 11: smaller than gzip's best, and quicker.
_QUALITY = 4


class CompressMiddleware(GZipMiddleware):
    """gzip as Django does it, brotli for open data."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Packed, or as it was."""
        if not _TEXTS.match(response.get("Content-Type", "")):
            return response
        takes = accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if takes("br") and takes("br") >= takes("gzip") and _for_everybody(response) and _is_worth_it(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            _pack(response)
        elif not takes("gzip"):
            if _is_worth_it(response):
                patch_vary_headers(response, ("Accept-Encoding",))
        else:
            super().process_response(request, response)
        return response


def accepted(header: str) -> Callable[[str], float]:
    """How much somebody likes a coding, from 0 (not at all) to 1, by its name (RFC 9110, 12.5.3)."""
    likes: dict[str, float] = {}
    for part in header.lower().split(",")[:20]:
        name, _gap, rest = part.partition(";")
        weight = rest.strip().removeprefix("q=").strip() if rest.strip() else "1"
        likes[name.strip()] = float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 0.0
    return lambda name: likes.get(name, likes.get("*", 0.0) if name == "gzip" else 0.0)


def _for_everybody(response: Any) -> bool:
    return bool(response.get("Access-Control-Allow-Origin") == "*")


def _is_worth_it(response: Any) -> bool:
    return not response.has_header("Content-Encoding") and (response.streaming or len(response.content) >= _WORTH_IT)


def _pack(response: Any) -> None:
    if response.streaming:
        response.streaming_content = _pieces(response.streaming_content)
        del response["Content-Length"]
    else:
        response.content = brotli.compress(response.content, quality=_QUALITY)
        response["Content-Length"] = str(len(response.content))
    etag = response.get("ETag", "")
    if etag and not etag.startswith("W/"):
        # Packed it is the same only in what it means.
        response["ETag"] = f"W/{etag}"
    response["Content-Encoding"] = "br"


def _pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(quality=_QUALITY)
    for piece in pieces:
        if packed := packer.process(piece):
            yield packed
    yield packer.finish()
