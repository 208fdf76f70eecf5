"""What everybody gets of a municipality that answers nothing just now: a page for people, a line for programs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Programs that fetch these want no HTML, and some would take the page for content.
FOR_PROGRAMS = (".ics", ".txt", ".xml", ".json", ".jsonl", ".geojson", ".csv", ".xlsx", ".png", ".svg", ".webp")
INTERFACES = ("/api/v", "/hsds/")


def closed(request: HttpRequest, seconds: int, *, line: Callable[[], str], page: Callable[[], str]) -> HttpResponse:
    """503 until so many `seconds` from now; kept by nobody."""
    if request.path.endswith(FOR_PROGRAMS) or request.path.startswith(INTERFACES):
        answer = HttpResponse(line(), content_type="text/plain; charset=utf-8", status=503)
    else:
        answer = HttpResponse(page(), status=503)
    # An answer that is as it should be: it must not fill the log with errors. Django asks for nothing else.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer
