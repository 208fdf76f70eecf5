"""Work for later."""

from jobs.declare import job
from portal.translation.sources import source_of
from portal.translation.texts import fulfil


@job(retries=2)
def translate_page(*, kind: str, pk: int, language: str) -> None:
    """Translate what a page lacks; a page withdrawn in the meantime lacks nothing."""
    source = source_of(kind, pk)
    if source is not None:
        fulfil(kind, pk, source.texts, language)
