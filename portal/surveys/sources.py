"""What of a survey can be translated, and how it is said in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language

from core.text import Spoken
from portal.surveys.models import Kind, Question, Survey
from portal.surveys.models.questions import SCALE, WITH_OPTIONS
from portal.translation.languages import SOURCE
from portal.translation.sources import Source, Text, texts_of

if TYPE_CHECKING:
    from portal.translation.texts import Shown

KIND = "umfrage"
TRANSLATED = ("title", "introduction", "thanks")


def survey_texts(survey: Survey, questions: Sequence[Question]) -> list[Text]:
    """What planners wrote; names of districts stay as they are."""
    found = texts_of(KIND, survey, TRANSLATED)
    for question in questions:
        said = {"text": question.text, "help": question.help, "low": question.low, "high": question.high}
        said |= {f"o{value}": words for value, words in _written(question)}
        found += [Text(_place(question, name), words) for name, words in said.items() if words]
    return found


def _written(question: Question) -> list[tuple[int, str]]:
    return question.choices() if question.kind in WITH_OPTIONS or question.kind == Kind.GROUP else []


def _place(question: Question, name: str) -> str:
    return f"{KIND} {question.survey_id} {question.pk}.{name}"


def survey_source(pk: int) -> Source | None:
    """A survey that can be answered, by its id."""
    survey = Survey.objects.running(timezone.localdate()).filter(pk=pk).first()
    if survey is None:
        return None
    return Source(survey.get_absolute_url(), survey_texts(survey, list(survey.questions.all())))


class Speaker:
    """Says the words of questions in the language they are shown in."""

    def __init__(self, shown: Shown) -> None:
        self._texts = shown.texts

    def text(self, question: Question, name: str, german: str) -> str:
        """One text of a question; it knows its language."""
        return self._texts.get(_place(question, name)) or (Spoken(german) if german else "")

    def choices(self, question: Question) -> list[tuple[int, str]]:
        """What can be chosen, each in a language it knows: words of the interface are none of the town's."""
        if question.kind == Kind.SCALE:
            return [(value, self._step(question, value)) for value in SCALE]
        if question.kind in {Kind.YES_NO, Kind.AGE}:
            return [(value, Spoken(words, get_language() or SOURCE)) for value, words in question.choices()]
        return [(value, self.text(question, f"o{value}", words)) for value, words in question.choices()]

    def _step(self, question: Question, value: int) -> str:
        ends = {SCALE[0]: ("low", question.low), SCALE[-1]: ("high", question.high)}
        name, german = ends.get(value, ("", ""))
        if not german:
            return Spoken(str(value), get_language() or SOURCE)
        words = self.text(question, name, german)
        return Spoken(f"{value} – {words}", getattr(words, "language", "de"))
