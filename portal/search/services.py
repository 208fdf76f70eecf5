"""What editors do to the search."""

from typing import Any

from django.db import transaction

from audit.services import record
from core.text import fold
from portal.search.models import Synonyms, Unanswered


@transaction.atomic
def save_synonyms(group: Synonyms, *, by: Any) -> Synonyms:
    """Keep a new or changed group of words; what they answer is no question any more."""
    before = Synonyms.objects.filter(pk=group.pk).first() if group.pk else None
    group.full_clean()
    group.save()
    record("synonyms", group, by=by, changes={"words": [str(before or ""), str(group)]})
    Unanswered.objects.filter(term__in=[word.lower() for word in group.words]).delete()
    return group


@transaction.atomic
def take_proposal(question: Unanswered, word: str, *, by: Any) -> Synonyms:
    """Let words that found nothing count as a word that finds something: in its group, where it has one."""
    same = (
        group for group in Synonyms.objects.select_for_update().order_by("pk") if fold(word) in map(fold, group.words)
    )
    group = next(same, None) or Synonyms(words=[word])
    group.words = [*group.words, question.term]
    return save_synonyms(group, by=by)


@transaction.atomic
def dismiss(question: Unanswered, *, by: Any, dismissed: bool = True) -> None:
    """Leave words without results as they are, or bring them back."""
    if question.dismissed != dismissed:
        question.dismissed = dismissed
        question.save(update_fields=["dismissed"])
        record("unanswered.dismissed" if dismissed else "unanswered.back", question, by=by)


@transaction.atomic
def delete_synonyms(group: Synonyms, *, by: Any) -> None:
    """Forget a group of words."""
    record("synonyms.removed", group, by=by, changes={"words": [str(group), ""]})
    group.delete()
