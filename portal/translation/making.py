"""The making of a translation, step by step: what is booked is sent, and what came back is kept, before the next.

No transaction is open while a service is asked, which may take half a minute. Killed in the middle, what was kept
stays, and the next start asks only for the rest; what was sent without an answer stays booked, because it was sent.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portal.translation.backends import BackendError, Service, Trouble, service_of
from portal.translation.languages import SOURCE
from portal.translation.models import Attempt, Format, LanguageSettings, MonthlyUse, Translation
from portal.translation.sources import Text
from portal.translation.texts import characters_of, harmless, hash_of, missing_of


def fulfil(kind: str, pk: int, texts: Sequence[Text], language: str) -> None:
    """Translate what is missing and write down how it went; called by the job, outside any transaction."""
    chosen = LanguageSettings.load()
    service = service_of(chosen)
    trouble = ""
    try:
        if service is not None:
            _translate(missing_of(texts, language), language, service, chosen.monthly_characters)
    except BackendError as error:
        trouble = error.trouble
    state = Attempt.State.FAILED if trouble else Attempt.State.DONE
    Attempt.objects.filter(kind=kind, object_id=pk, target=language).update(state=state, trouble=trouble)


def _translate(texts: Sequence[Text], language: str, service: Service, most: int) -> None:
    for kind in Format.values:
        rest = [text for text in texts if text.format == kind]
        for part in service.parts([text.text for text in rest]):
            asked, rest = rest[: len(part)], rest[len(part) :]
            # Another start of the same job, or the same text on another page, may have been quicker.
            asked = missing_of(asked, language)
            if not asked:
                continue
            _spend(characters_of(asked), most)
            answers = service.ask([text.text for text in asked], source=SOURCE, target=language, format=kind)
            _keep(asked, answers, language)


@transaction.atomic
def _spend(characters: int, most: int) -> None:
    """Book what is about to be sent. BackendError where the month has no room for it."""
    month = timezone.localdate().replace(day=1)
    MonthlyUse.objects.get_or_create(month=month)
    row = MonthlyUse.objects.select_for_update().get(month=month)
    if row.characters + characters > most:
        raise BackendError(Trouble.BUDGET, "the month's characters are used up")
    row.characters += characters
    row.save()


@transaction.atomic
def _keep(texts: Sequence[Text], answers: Sequence[str], language: str) -> None:
    for text, answer in zip(texts, answers, strict=True):
        translated = harmless(answer, text)
        if not translated.strip():
            raise BackendError(Trouble.NONSENSE, "nothing came back")
        # What stood there before was the translation of a text that is no more.
        Translation.objects.filter(place=text.place, target=language).exclude(source_hash=hash_of(text)).update(
            outdated=True
        )
        Translation.objects.get_or_create(
            source_hash=hash_of(text),
            target=language,
            defaults={"format": text.format, "source": text.text, "text": translated, "place": text.place},
        )
