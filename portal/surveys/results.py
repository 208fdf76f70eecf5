"""What came out of a survey, as far as it is told (`few.py`): by question, by group, in words. Told when it is over."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from german.words import words_in
from portal.surveys.few import one_of_many, together
from portal.surveys.models import NO_ANSWER, CrossTally, FreeText, Kind, Question, Survey, Tally, WeekTally
from portal.surveys.models.questions import SCALE
from portal.usage.few import LEAST

MOST_WORDS = 20
Numbers = Counter[int]
# By question; by question, and the one it is broken down by.
Counts = dict[int, Numbers]
Crossed = dict[tuple[int, int], Counter[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """An answer, or several told as one. `number` is None where it is not told. `values` are what it stands for."""

    label: str
    number: int | None
    share: float | None
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question brought. `answered` is how many answered it; without `rows` it is not told."""

    question: Question
    answered: int
    empty: int
    rows: list[Row] = field(default_factory=list)
    middle: str = ""
    texts: list[FreeText] = field(default_factory=list)
    words: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether enough people answered."""
        return self.answered >= LEAST


@dataclass(frozen=True, slots=True)
class Results:
    """All of a survey. `counts` and `crossed` are what is kept, for the tables by group (`groups.py`)."""

    survey: Survey
    number: int
    weeks: list[tuple[date, date, int]]
    outcomes: list[Outcome]
    counts: Counts
    crossed: Crossed

    @property
    def is_told(self) -> bool:
        """Whether enough people took part."""
        return self.number >= LEAST


def number_of(survey: Survey) -> int:
    """How many have answered."""
    return sum(WeekTally.objects.filter(survey=survey).values_list("count", flat=True))


def results_of(survey: Survey) -> Results:
    """Five statements, whatever there is."""
    weeks = sorted(WeekTally.objects.filter(survey=survey).values_list("monday", "count"))
    questions = list(survey.questions.all())
    counts: Counts = defaultdict(Counter)
    for pk, value, count in Tally.objects.filter(question__in=questions).values_list("question_id", "value", "count"):
        counts[pk][value] = count
    crossed: Crossed = defaultdict(Counter)
    columns = ("question_id", "value", "by_id", "by_value", "count")
    for pk, value, by, by_value, count in CrossTally.objects.filter(question__in=questions).values_list(*columns):
        crossed[pk, by][value, by_value] = count
    texts: dict[int, list[FreeText]] = defaultdict(list)
    for text in FreeText.objects.filter(question__in=questions):
        texts[text.question_id].append(text)
    number = sum(count for _monday, count in weeks)
    outcomes = [outcome_of(each, number, counts[each.pk], texts[each.pk]) for each in questions]
    return Results(survey, number, told_weeks(weeks), outcomes, counts, crossed)


def told_weeks(weeks: Sequence[tuple[date, int]]) -> list[tuple[date, date, int]]:
    """First and last Monday and the number; weeks with fewer than five are told with those beside them."""
    parts = together([count for _monday, count in weeks], ordered=True)
    return [(weeks[part[0]][0], weeks[part[-1]][0], sum(weeks[place][1] for place in part)) for part in parts]


def outcome_of(question: Question, number: int, counts: Numbers, texts: list[FreeText]) -> Outcome:
    """What a question brought, of so many questionnaires."""
    empty = counts[NO_ANSWER]
    answered = number - empty
    if answered < LEAST:
        return Outcome(question, answered, empty)
    if question.kind == Kind.TEXT:
        enough = texts if len(texts) >= LEAST else []
        return Outcome(question, answered, empty, texts=enough, words=_words(enough))
    rows = _rows(question, answered, counts)
    return Outcome(question, answered, empty, rows, _middle(question, counts, rows))


def _rows(question: Question, answered: int, counts: Numbers) -> list[Row]:
    if question.kind == Kind.MANY:
        return [_ticked(value, words, counts[value], answered) for value, words in question.choices()]
    if question.kind == Kind.NUMBER:
        return list(_spans(counts, answered))
    choices = question.choices()
    parts = together([counts[value] for value, _words in choices], ordered=question.kind in {Kind.SCALE, Kind.AGE})
    return [_part([choices[place] for place in part], counts, answered) for part in parts]


def _ticked(value: int, words: str, count: int, answered: int) -> Row:
    told = count if one_of_many(count, answered) else None
    return Row(words, told, None if told is None else 100 * told / answered, (value,))


def _part(choices: list[tuple[int, str]], counts: Numbers, answered: int) -> Row:
    number = sum(counts[value] for value, _words in choices)
    label = _(" or ").join(words for _value, words in choices)
    return Row(label, number, 100 * number / answered, tuple(value for value, _words in choices))


def _spans(counts: Numbers, answered: int) -> Iterator[Row]:
    """Numbers from – to, so that five stand in each. The first has no beginning and the last no end: the smallest and
    the largest number are somebody's."""
    values = sorted(value for value in counts if value != NO_ANSWER and counts[value])
    parts = [part for part in together([counts[value] for value in values], ordered=True) if part]
    for place, part in enumerate(parts):
        first, last = values[part[0]], values[part[-1]]
        label = _("from %(first)d to %(last)d") % {"first": first, "last": last}
        if place == 0:
            label = _("up to %(last)d") % {"last": last}
        if place == len(parts) - 1:
            label = _("%(first)d and more") % {"first": first} if place else _("all numbers")
        number = sum(counts[values[each]] for each in part)
        yield Row(label, number, 100 * number / answered, tuple(values[each] for each in part))


def _middle(question: Question, counts: Numbers, rows: Sequence[Row]) -> str:
    """In which row the median stands, by the lower of two; the number itself may be a single person's."""
    if question.kind not in {Kind.SCALE, Kind.NUMBER, Kind.AGE}:
        return ""
    half = (sum(row.number or 0 for row in rows) + 1) // 2
    for row in rows:
        half -= row.number or 0
        if half <= 0:
            return row.label
    return ""


def mean_of(outcome: Outcome) -> float | None:
    """The mean of a scale, where each of its steps is told by itself: else it would tell more than they do."""
    if outcome.question.kind != Kind.SCALE or len(outcome.rows) != len(SCALE):
        return None
    return sum(row.values[0] * (row.number or 0) for row in outcome.rows) / outcome.answered


def _words(texts: Sequence[FreeText]) -> list[tuple[str, int]]:
    """Nouns that stand in five texts or more, in their basic form, the most frequent first."""
    found: Counter[str] = Counter()
    for each in texts:
        lemmas = {word.lemmas[0] for word in words_in(each.text) if word.lemmas}
        found.update(lemma for lemma in lemmas if lemma[:1].isupper())
    return sorted(
        ((word, number) for word, number in found.items() if number >= LEAST), key=lambda pair: (-pair[1], pair[0])
    )[:MOST_WORDS]
