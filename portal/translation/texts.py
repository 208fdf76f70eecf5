"""Texts in the language of the page: what is known already and what is being made."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from core.html import with_links_of
from core.text import Spoken
from portal.translation.backends import Trouble
from portal.translation.languages import SOURCE
from portal.translation.models import Attempt, Backend, Format, MonthlyUse, Translation
from portal.translation.services import language_settings
from portal.translation.sources import Text

SHOW = "uebersetzt"
# The value of SHOW for those whose network has ordered too much today.
TOO_MANY = "morgen"
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
    # Where asking again is of no use before another day.
    CLOSED: ClassVar[frozenset[Trouble]] = frozenset({Trouble.BUDGET, Trouble.DAY, Trouble.NETWORK})

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
    if missing and request.GET[SHOW] == TOO_MANY:
        page.trouble = Trouble.NETWORK
    return page


def _tell_of_order(page: Shown, language: str) -> None:
    last = Attempt.objects.filter(kind=page.kind, object_id=page.pk, target=language).first()
    if last is None:
        return
    if last.state == Attempt.State.WAITING and timezone.now() - last.asked_at < PATIENCE:
        page.state, page.can_ask = "waiting", False
    elif last.state != Attempt.State.DONE and not _is_over(last):
        page.trouble = last.trouble or Trouble.DOWN


def _is_over(last: Attempt) -> bool:
    """Whether what stood in the way then stands there no longer: another day, another month has begun."""
    then, today = timezone.localdate(last.asked_at), timezone.localdate()
    if last.trouble == Trouble.DAY:
        return then != today
    return last.trouble == Trouble.BUDGET and then.replace(day=1) != today.replace(day=1)


def missing_of(texts: Sequence[Text], language: str) -> list[Text]:
    """The texts that are not translated yet, each once."""
    found = known(texts, language)
    return list({hash_of(text): text for text in texts if hash_of(text) not in found}.values())


def characters_of(texts: Iterable[Text]) -> int:
    """What a service charges for."""
    return sum(len(text.text) for text in texts)


def used_this_month() -> int:
    """How many characters were sent to the service this month."""
    month = timezone.localdate().replace(day=1)
    return MonthlyUse.objects.filter(month=month).values_list("characters", flat=True).first() or 0


def harmless(answer: str, text: Text) -> str:
    """What a service returned, trusted no more than any text from outside: simple markup, and no link of its own."""
    short = answer.replace("\0", "")[: 6 * len(text.text) + 500]
    if text.format != Format.HTML:
        return short
    return with_links_of(short, text.text)
