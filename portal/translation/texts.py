"""Texts in the language of the page: what is known already, what is being made, and the making itself."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from core.html import with_links_of
from core.text import Spoken
from portal.translation.backends import BackendError, Service, Trouble, service_of
from portal.translation.languages import SOURCE
from portal.translation.models import Attempt, Backend, Format, LanguageSettings, MonthlyUse, Translation
from portal.translation.services import language_settings
from portal.translation.sources import Text

SHOW = "uebersetzt"
# An order older than this was lost: it may be given again.
PATIENCE = timedelta(minutes=2)


def hash_of(text: Text) -> str:
    """By what a translation is found."""
    return hashlib.sha256(f"{text.format}\0{text.text}".encode()).hexdigest()


@dataclass
class Shown:
    """What the page of a row has to say about its language; `texts` by place, in the language they are shown in."""

    kind: str
    pk: int
    url: str
    state: str = ""
    trouble: str = ""
    machine: bool = False
    can_ask: bool = False
    texts: dict[str, Spoken] = field(default_factory=dict)

    @property
    def translated(self) -> bool:
        """Whether anything is shown in another language than German."""
        return any(text.language != SOURCE for text in self.texts.values())

    @property
    def translated_url(self) -> str:
        return f"{self.url}?{SHOW}=1"

    def language_of(self, name: str) -> str:
        """The language a field of this row is shown in."""
        text = self.texts.get(f"{self.kind} {self.pk} {name}")
        return text.language if text is not None else SOURCE

    def put_into(self, row: Any, fields: Iterable[str]) -> None:
        """Replace the texts of a row, which must not be saved afterwards."""
        for name in fields:
            text = self.texts.get(f"{self.kind} {row.pk} {name}")
            if text is not None and text.language != SOURCE:
                setattr(row, name, text)


def known(texts: Sequence[Text], language: str) -> dict[str, Translation]:
    """What was translated before, by hash; one query."""
    hashes = {hash_of(text) for text in texts}
    return {row.source_hash: row for row in Translation.objects.filter(source_hash__in=hashes, target=language)}


def shown(request: HttpRequest, kind: str, pk: int, url: str, texts: Sequence[Text]) -> Shown:
    """The texts as this page shows them. On a German page nothing is asked; else one query, or two while waiting."""
    page = Shown(kind, pk, url)
    language = get_language() or SOURCE
    chosen = language_settings(request)
    if language == SOURCE or not texts:
        return page
    found = known(texts, language)
    missing = [text for text in texts if hash_of(text) not in found]
    page.can_ask = bool(missing) and chosen.backend != Backend.NONE
    if SHOW not in request.GET:
        page.state = "original" if found or page.can_ask else ""
        return page
    for text in texts:
        row = found.get(hash_of(text))
        page.texts[text.place] = Spoken(row.text, language) if row else Spoken(text.text)
    page.machine = any(row.machine for row in found.values())
    page.state = "translated" if found else "original"
    if missing:
        _tell_of_order(page, language)
    return page


def _tell_of_order(page: Shown, language: str) -> None:
    last = Attempt.objects.filter(kind=page.kind, object_id=page.pk, target=language).first()
    if last is None:
        return
    if last.state == Attempt.State.WAITING and timezone.now() - last.asked_at < PATIENCE:
        page.state, page.can_ask = "waiting", False
    elif last.state != Attempt.State.DONE:
        page.trouble = last.trouble or Trouble.DOWN


def order(kind: str, pk: int, texts: Sequence[Text], language: str) -> None:
    """Ask for what is missing, unless that is on its way or was paid for this month already."""
    from portal.translation.tasks import translate_page

    missing = _missing(texts, language)
    chosen = language_settings()
    if not missing or chosen.backend == Backend.NONE:
        return
    now = timezone.now()
    with transaction.atomic():
        row, fresh = Attempt.objects.select_for_update().get_or_create(
            kind=kind, object_id=pk, target=language, defaults={"asked_at": now}
        )
        if not fresh and row.state == Attempt.State.WAITING and now - row.asked_at < PATIENCE:
            return
        row.state, row.trouble, row.asked_at = Attempt.State.WAITING, "", now
        if used_this_month() + _characters(missing) > chosen.monthly_characters:
            row.state, row.trouble = Attempt.State.FAILED, Trouble.BUDGET
        row.save()
        if row.state == Attempt.State.WAITING:
            translate_page.defer(kind=kind, pk=pk, language=language)


def fulfil(kind: str, pk: int, texts: Sequence[Text], language: str) -> None:
    """Translate what is missing and write down how it went; called by the job."""
    row = Attempt.objects.filter(kind=kind, object_id=pk, target=language).first()
    chosen = LanguageSettings.load()
    service = service_of(chosen)
    trouble = ""
    try:
        if service is not None:
            _translate(_missing(texts, language), language, service, chosen.monthly_characters)
    except BackendError as error:
        trouble = error.trouble
    if row is not None:
        row.state, row.trouble = (Attempt.State.FAILED if trouble else Attempt.State.DONE), trouble
        row.save(update_fields=["state", "trouble"])


def _missing(texts: Sequence[Text], language: str) -> list[Text]:
    found = known(texts, language)
    return list({hash_of(text): text for text in texts if hash_of(text) not in found}.values())


def _characters(texts: Iterable[Text]) -> int:
    return sum(len(text.text) for text in texts)


def used_this_month() -> int:
    """How many characters were sent to the service this month."""
    month = timezone.localdate().replace(day=1)
    return MonthlyUse.objects.filter(month=month).values_list("characters", flat=True).first() or 0


def _spend(characters: int, most: int) -> None:
    """Book what is about to be sent. BackendError where the month has no room for it."""
    month = timezone.localdate().replace(day=1)
    MonthlyUse.objects.get_or_create(month=month)
    row = MonthlyUse.objects.select_for_update().get(month=month)
    if row.characters + characters > most:
        raise BackendError(Trouble.BUDGET, "the month's characters are used up")
    row.characters += characters
    row.save()


def _translate(texts: Sequence[Text], language: str, service: Service, most: int) -> None:
    for kind in Format.values:
        part = [text for text in texts if text.format == kind]
        if not part:
            continue
        _spend(_characters(part), most)
        answers = service.translate([text.text for text in part], source=SOURCE, target=language, format=kind)
        for text, answer in zip(part, answers, strict=True):
            _keep(text, harmless(answer, text), language)


def _keep(text: Text, translated: str, language: str) -> None:
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


def harmless(answer: str, text: Text) -> str:
    """What a service returned, trusted no more than any text from outside: simple markup, and no link of its own."""
    short = answer.replace("\0", "")[: 6 * len(text.text) + 500]
    if text.format != Format.HTML:
        return short
    return with_links_of(short, text.text)
