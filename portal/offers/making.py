"""Making many offers of one provider and handing them in: the same as `editing.start` and `editing.submit` of each, in
few statements, with each one's history, audit entries and mails.

`tests/calendars/test_together.py` compares both ways. What is not plain (something of a text cannot be kept, or is
missing) is for the one-by-one way, which knows what to say of it.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.services import record_many
from portal.offers import snapshot
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.services import enter_state_of_many
from portal.offers.states import State
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.models import Provider
from portal.revisions import bulk
from portal.revisions.models import Desk, Revision

Made = tuple[Offer, Revision]


class NotPlainError(Exception):
    """One of them needs a word of its own: nothing was made."""


def make_and_submit(provider: Provider, texts: Sequence[snapshot.Content], *, by: Any, note: str = "") -> list[Made]:
    """New offers that say this, public at once or waiting as the rules say. All of them or none: NotPlainError, or
    PermissionDenied."""
    if not texts:
        return []
    if not approval.may_edit(by, provider, Subject.OFFER):
        raise PermissionDenied
    with transaction.atomic():
        rows = _made(provider, texts, by=by)
        # What was just made is made of this text alone: nothing else about it is open.
        if not KIND.rules.is_editable(rows[0]):
            raise NotPlainError
        said = {row.pk: KIND.take(row) for row in rows}
        if any(KIND.missing(text) for text in said.values()):
            raise NotPlainError
        desk = KIND.rules.desk(rows[0], by)
        revisions = bulk.hand_in_first(KIND, said, by=by, desk=desk, note=note)
        if desk != Desk.NOBODY:
            refresh_search_text(rows)
        enter_state_of_many(rows, State.PUBLISHED if desk == Desk.NOBODY else State.SUBMITTED, by=by)
        bulk.tell(KIND, rows, revisions, by=by)
        return list(zip(rows, revisions, strict=True))


def _made(provider: Provider, texts: Sequence[snapshot.Content], *, by: Any) -> list[Offer]:
    """Drafts with these texts."""
    author = approval.account(by)
    rows = Offer.objects.bulk_create([Offer(provider=provider, author=author, last_editor=author) for _text in texts])
    bulk.complete(KIND, rows)
    applied = snapshot.apply_many([(row, text, None) for row, text in zip(rows, texts, strict=True)])
    if any(each.left_out for each in applied):
        raise NotPlainError
    record_many("start", [(row, {}) for row in rows], by=by)
    return bulk.complete(KIND, rows)
