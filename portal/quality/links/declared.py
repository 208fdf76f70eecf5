"""Which kinds of content have links, and in which fields: declared here, so that none is looked for anywhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db.models import QuerySet

from core.html import links_of
from core.text import clean_address
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Fact, Provider
from portal.quality.models import Subject

LONGEST = 1000
MOST_OF_ONE = 100
_GUESSED = ("www.",)


@dataclass(frozen=True, slots=True)
class Source:
    """A table with links. `owner` is the column that names the offer, provider or page."""

    kind: Subject
    rows: Callable[[], QuerySet[Any]]
    owner: str = "pk"
    addresses: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def _facts() -> QuerySet[Any]:
    return Fact.objects.filter(provider__in=Provider.objects.public().values("pk"))


SOURCES = (
    Source(Subject.OFFER, Offer.objects.current, addresses=("online_url", "registration_url", "video_url"),
           texts=("description",)),
    Source(Subject.PROVIDER, Provider.objects.public, addresses=("website",), texts=("description",)),
    Source(Subject.PROVIDER, _facts, owner="provider_id", texts=("text",)),
    Source(Subject.PAGE, Page.objects.public, addresses=("sign_video",), texts=("body", "easy_body")),
)  # fmt: skip


def places(kind: str = "", subject: int | None = None) -> Iterator[tuple[str, int, str]]:
    """(kind, number, address) of all links there are, or of those of one subject; one statement a source."""
    for source in SOURCES:
        if kind and source.kind != kind:
            continue
        rows = source.rows()
        if subject is not None:
            rows = rows.filter(**{source.owner: subject})
        names = (source.owner, *source.addresses, *source.texts)
        for owner, *values in rows.order_by().values_list(*names).iterator(chunk_size=1000):
            yield from ((source.kind.value, owner, url) for url in _links(source, values))


def _links(source: Source, values: list[str]) -> Iterator[str]:
    count = len(source.addresses)
    written = list(values[:count])
    for text in values[count:]:
        written += links_of(text)
    found = dict.fromkeys(filter(None, map(normal, written)))
    yield from list(found)[:MOST_OF_ONE]


def normal(written: str) -> str:
    """An address as it is asked for: without the mark of a place on the page. Empty where it leads to no web server."""
    url = clean_address(written)
    if url.lower().startswith(_GUESSED):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or len(url) > LONGEST or any(map(str.isspace, url)):
        return ""
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))
