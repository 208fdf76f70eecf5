"""Reading in the background: what a job does with one reading, in short transactions of its own."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.drafting import services
from portal.drafting.fetching import PICTURE, Fetched, FetchError, fetch
from portal.drafting.flyer.running import Seen, read_flyer
from portal.drafting.models import Reading, Source, State
from portal.drafting.offering import Proposed, proposals
from portal.drafting.reading.everything import Reading as Found
from portal.drafting.reading.everything import read
from portal.drafting.web.reading import read_page
from portal.media.services import receive

_UNDER_WAY = (State.WAITING, State.RUNNING)


def work(pk: int) -> None:
    """Read one page or flyer. Started twice, the second does it again or finds it done: the result is the same."""
    claimed = Reading.objects.filter(pk=pk, state__in=_UNDER_WAY).update(state=State.RUNNING, started_at=timezone.now())
    reading = Reading.objects.select_related("provider", "by").filter(pk=pk).first()
    if not claimed or reading is None:
        return
    if reading.source == Source.PAGE:
        _page(reading)
    else:
        _flyer(reading, services.uploaded(reading))


def _page(reading: Reading) -> None:
    try:
        fetched = fetch(reading.address)
    except FetchError as trouble:
        _failed(reading, str(trouble))
        return
    if fetched.kind.startswith(("image/", "application/pdf")):
        _flyer(reading, fetched.content)
        return
    _told(reading)(50)
    found = read_page(fetched.content, fetched.url, encoding=_known(fetched), today=timezone.localdate())
    values = [
        [
            *proposals(each, reading.provider, today=timezone.localdate()),
            *_picture(reading, _fetched_picture(each.image)),
        ]
        for each in found
    ]
    _done(reading, values)


def _known(fetched: Fetched) -> str:
    """The encoding the server names, where Python knows it; else the page is asked itself."""
    try:
        "".encode(fetched.encoding or "utf-8")
    except LookupError:
        return ""
    return fetched.encoding


def _fetched_picture(address: str) -> bytes:
    """The picture of a page; without it the draft is a draft all the same."""
    if not address:
        return b""
    try:
        return fetch(address, PICTURE).content
    except FetchError:
        return b""


def _flyer(reading: Reading, content: bytes) -> None:
    seen = read_flyer(content, tell=_told(reading))
    _show(reading, seen)
    if seen.trouble:
        _failed(reading, seen.trouble)
        return
    found = read(seen.sheet, today=timezone.localdate())
    values = proposals(found, reading.provider, today=timezone.localdate()) if _is_something(found) else []
    if values:
        values += _picture(reading, seen.picture)
    reading.read, reading.pages, reading.recognised = seen.read, seen.pages, seen.sheet.seen
    _done(reading, [values] if values else [])


def _is_something(found: Found) -> bool:
    """A cat is no offer: a few letters in its fur are no title. Something else must be there besides."""
    besides = (found.when, found.place, found.cost, found.contact.phone, found.contact.mail, found.summary)
    return bool(found.title) and (found.title_sure or any(besides)) and any(besides)


def _show(reading: Reading, seen: Seen) -> None:
    for number, page in enumerate(seen.shown):
        name = reading.file(f"page-{number}.webp")
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, ContentFile(page))
    reading.shown = len(seen.shown)


def _picture(reading: Reading, content: bytes) -> list[Proposed]:
    """Into the library, made safe and small as any upload; what cannot be is left out."""
    if not content:
        return []
    try:
        media = receive(BytesIO(content), by=reading.by, provider=reading.provider)
    except ValidationError:
        return []
    image = {"media": media.pk, "kind": "hero", "alt_text": "", "copyright": ""}
    return [Proposed("picture", {"images": [image]}, certain=False)]


def _told(reading: Reading) -> Any:
    def tell(percent: int) -> None:
        Reading.objects.filter(pk=reading.pk, state=State.RUNNING).update(percent=percent)

    return tell


def _done(reading: Reading, values: list[list[Proposed]]) -> None:
    if not values:
        _failed(reading, "nothing")
        return
    reading.found = [[each.as_json() for each in value] for value in values]
    _settled(reading, State.DONE)


def _failed(reading: Reading, trouble: str) -> None:
    reading.trouble = trouble
    _settled(reading, State.FAILED)


def _settled(reading: Reading, state: State) -> None:
    reading.state, reading.percent = state, 100
    reading.save(update_fields=["state", "percent", "found", "trouble", "shown", "read", "pages", "recognised"])
    # Only now: a worker that is killed before this line finds the file when it starts again.
    default_storage.delete(reading.file(services.UPLOAD))
