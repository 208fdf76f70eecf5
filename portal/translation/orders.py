"""Asking for the translation of a page."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portal.translation.backends import Trouble
from portal.translation.limits import refusal
from portal.translation.models import Attempt, Backend
from portal.translation.services import language_settings
from portal.translation.sources import Text
from portal.translation.tasks import translate_page
from portal.translation.texts import PATIENCE, characters_of, missing_of, used_this_month


def order(kind: str, pk: int, texts: Sequence[Text], language: str, *, network: str) -> Trouble | None:
    """Ask for what is missing, unless that is on its way or too much; why it was not, where only this visitor is told.

    Whatever concerns everybody (the day, the month) stands on the page itself.
    """
    missing = missing_of(texts, language)
    chosen = language_settings()
    if not missing or chosen.backend == Backend.NONE:
        return None
    now, characters = timezone.now(), characters_of(missing)
    with transaction.atomic():
        row, fresh = Attempt.objects.select_for_update().get_or_create(
            kind=kind, object_id=pk, target=language, defaults={"asked_at": now, "state": Attempt.State.FAILED}
        )
        if not fresh and row.state == Attempt.State.WAITING and now - row.asked_at < PATIENCE:
            return None
        trouble: Trouble | None = Trouble.BUDGET
        if used_this_month() + characters <= chosen.monthly_characters:
            trouble = refusal(network=network, characters=characters, monthly=chosen.monthly_characters)
        if trouble == Trouble.NETWORK:
            if fresh:
                row.delete()
            return trouble
        row.state = Attempt.State.FAILED if trouble else Attempt.State.WAITING
        row.trouble, row.asked_at = trouble or "", now
        row.save()
        if not trouble:
            translate_page.defer(kind=kind, pk=pk, language=language)
    return None
