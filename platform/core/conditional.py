"""Whoever asks again gets "304 Not Modified" while an answer is what it was: RFC 9110, in one place for all answers.

If-None-Match compares weakly: `W/"a"` and `"a"` are the same, because proxies that compress make tags weak (nginx) or
put the compression into them (Apache: `"a-gzip"`), and browsers send back what they were given.
"""

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_etags, parse_http_date_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

ASKED = "HTTP_IF_NONE_MATCH"
SINCE = "HTTP_IF_MODIFIED_SINCE"
# Headers that change what a server may answer to a GET.
CONDITIONS = (ASKED, SINCE, "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_RANGE")
_COMPRESSION = re.compile(r'(?:[-;+](?:gzip|br|zstd|deflate))+(?="|\s*(?:,|$))')


def without_compression(asked: str) -> str:
    """The tags of If-None-Match as we gave them, before a proxy named its compression in them."""
    return _COMPRESSION.sub("", asked)


def names(asked: str, etag: str) -> bool:
    """Whether the value of If-None-Match (a list of tags, or `*`) names this answer, by the weak comparison."""
    tags = parse_etags(without_compression(asked))
    return tags == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}


def is_unchanged(environ: Mapping[str, str], *, etag: str, last_modified: str) -> bool:
    """Whether a GET or HEAD asks for what it has already; a tag counts more than a date."""
    if (asked := environ.get(ASKED)) is not None:
        return bool(etag) and names(asked, etag)
    if (since := environ.get(SINCE)) is None or not last_modified:
        return False
    then, changed = parse_http_date_safe(since), parse_http_date_safe(last_modified)
    return then is not None and changed is not None and changed <= then


class ConditionalMiddleware:
    """Gives every answer that may be kept a tag, and says 304 to those who have it. Not for streams: files.

    An answer that says nothing of keeping is asked for anew each time: nobody guesses how long it is good for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if ASKED in request.META:
            request.META[ASKED] = without_compression(request.META[ASKED])
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.streaming:
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        if "no-store" not in response["Cache-Control"].lower() and "ETag" not in response:
            set_response_etag(response)
        changed = parse_http_date_safe(response.get("Last-Modified", ""))
        answer: HttpResponse = get_conditional_response(request, response.get("ETag"), changed, response) or response
        # Browsers put the headers of a 304 in place of those they kept: the page's own policy must be among them.
        vars(answer).update({name: value for name, value in vars(response).items() if name.startswith("_csp_")})
        # A script of another site that asks by itself reads no 304 that does not say it may.
        for name, value in response.items():
            if name.lower().startswith("access-control-"):
                answer[name] = value
        return answer


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # the library has no types
    """Whitenoise compares the tag of a file letter by letter: give it the letters."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponseBase:
        asked, etag = request.META.get(ASKED), getattr(static_file, "etag", None)
        if asked is not None and etag and names(asked, etag):
            request.META[ASKED] = etag
        answer: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        return answer
