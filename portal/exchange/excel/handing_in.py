"""New offers of a table on the same way as those of the form: what is complete is handed in, and waits or is public at
once as the rules of approval say. Many at once, without a mail for each (see `portal.revisions.bulk`)."""

from collections.abc import Sequence
from typing import Any

from portal.exchange.excel.mapping import Plan
from portal.exchange.excel.store import NOTE
from portal.exchange.excel.wanted import Desks
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.services import enter_state_of_many
from portal.offers.states import State
from portal.revisions import bulk
from portal.revisions.models import Desk


def hand_in(made: Sequence[tuple[Plan, Offer]], *, by: Any) -> dict[int, list[str]]:
    """Hand in drafts that were just made, in the caller's transaction. What of them is not complete stays a draft and
    is returned with what is missing, by the offer."""
    lacking: dict[int, list[str]] = {}
    desks = Desks(by)
    rows = bulk.fetched(KIND, [offer.pk for _plan, offer in made])
    providers = {offer.pk: offer.provider for _plan, offer in made}
    public: list[Offer] = []
    waiting: dict[int, Offer] = {}
    for row in rows:
        row.provider = providers[row.pk]
        problems = list(KIND.missing(KIND.take(row)))
        if problems:
            lacking[row.pk] = [problem.message for problem in problems]
        elif desks.of(row) == Desk.NOBODY:
            # Its text is history already, as applied without approval.
            public.append(row)
        else:
            waiting[row.pk] = row
    texts = {pk: KIND.take(row) for pk, row in waiting.items()}
    where = {pk: desks.of(row) for pk, row in waiting.items()}
    bulk.let_wait(KIND, texts, by=by, desks=where, rows=texts, note=NOTE)
    enter_state_of_many(public, State.PUBLISHED, by=by)
    enter_state_of_many(list(waiting.values()), State.SUBMITTED, by=by)
    return lacking
