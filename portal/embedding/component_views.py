"""The script that makes a frame as high as what stands in it. Each version stays as it is, so that a website may
pin it by its hash (Subresource Integrity); `tests/embedding` knows the hashes."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.embedding.component import NEWEST, VERSIONS

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@cache
def text_of(version: int) -> bytes:
    """The script of a version."""
    return Path(VERSIONS[version]).read_bytes()


def _answer(version: int, lasting: str) -> HttpResponse:
    response = HttpResponse(text_of(version), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = lasting
    # Browsers compare the hash of what another host sent only where that host lets them.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@allow(Role.VISITOR)
def newest(request: HttpRequest) -> HttpResponse:
    """The newest version, for those who want to think of nothing."""
    return _answer(NEWEST, A_DAY)


@require_safe
@allow(Role.VISITOR)
def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version for ever."""
    if int(version) not in VERSIONS:
        raise Http404
    return _answer(int(version), FOR_EVER)
