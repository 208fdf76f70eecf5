"""Files with all offers, and with all organisations for Integreat."""

from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from django.db.models import Min
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from core.access import Role, allow
from core.conditional import ASKED, names
from portal.interfaces.answering import CORS, base_of, open_file, refusal
from portal.interfaces.catalogue import FORMATS as FORMATS_OF_CATALOGUE
from portal.interfaces.catalogue import catalogue as written
from portal.interfaces.exporting import FORMATS, export, export_places
from portal.interfaces.licences import licence_link
from portal.interfaces.limits import FILE
from portal.offers.models import Offer
from tenants.running.changes import remembered
from tenants.running.hosts import municipality_of

# Any table of the municipality: what a file says is put together from many.
ANYTHING = ("",)
Made = tuple[IO[bytes], int, str]


def _make(key: str, build: Callable[[], Made], asked: str) -> tuple[Made | None, str]:
    """The file (None: who asks has it) and its tag. A tag is remembered until anything in the municipality changes or
    an offer is over, so who asks again and again costs nothing. `key` names what `build` makes."""
    made: list[Made] = []

    def remember() -> tuple[str, datetime | None]:
        now = timezone.now()
        made.append(build())
        following = Offer.objects.published().filter(ends_at__gte=now).aggregate(at=Min("ends_at"))
        return made[0][2], following["at"]

    if asked:
        etag, until = remembered(f"interfaces.{key}", remember, rooms=ANYTHING)
        if not made and names(asked, etag) and (until is None or until >= timezone.now()):
            return None, etag
    file, size, etag = made[0] if made else build()
    if names(asked, etag):
        file.close()
        return None, etag
    return (file, size, etag), etag


@open_file
@allow(Role.VISITOR)
def offers(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What residents find at this moment."""
    base = base_of(request)
    return _file(request, lambda: export(kind, base), key=f"{kind}.{base}", name="angebote", kind=kind)


@open_file
@allow(Role.VISITOR)
def places(request: HttpRequest) -> HttpResponseBase:
    """Organisations in the table that Integreat's import of places reads."""
    return _file(request, export_places, key="places", name="integreat-orte", kind="csv")


def _file(request: HttpRequest, build: Callable[[], Made], *, key: str, name: str, kind: str) -> HttpResponseBase:
    """A file to keep. Programs that ask again get 304 while nothing changed."""
    if refused := refusal(request, FILE):
        return refused
    made, etag = _make(key, build, request.META.get(ASKED, ""))
    headers: dict[str, Any] = {**CORS, "ETag": etag, "Cache-Control": "no-cache"}
    if link := licence_link():
        headers["Link"] = link
    if made is None:
        return HttpResponse(status=304, headers=headers)
    full = f"{name}-{municipality_of(request).schema_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    file, size, _tag = made
    media_type = FORMATS[kind].media_type
    response = FileResponse(file, as_attachment=True, filename=full, content_type=media_type, headers=headers)
    response["Content-Length"] = str(size)
    return response


@open_file
@allow(Role.VISITOR)
def catalogue(request: HttpRequest, kind: str) -> HttpResponse:
    """What open data there is, for open-data portals; asked once a day, so it is made anew each time."""
    if refused := refusal(request):
        return refused
    answer = HttpResponse(written(base_of(request), kind), content_type=FORMATS_OF_CATALOGUE[kind][1], headers=CORS)
    if link := licence_link():
        answer["Link"] = link
    return answer
