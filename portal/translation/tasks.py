"""Work for later."""

from jobs.declare import job
from portal.translation.making import fulfil
from portal.translation.sources import source_of


# In steps of its own (see `making`): a service is asked while no transaction is open.
@job(retries=2, atomic=False)
def translate_page(*, kind: str, pk: int, language: str) -> None:
    """Translate what a page lacks; a page withdrawn in the meantime lacks nothing."""
    source = source_of(kind, pk)
    if source is not None:
        fulfil(kind, pk, source.texts, language)
