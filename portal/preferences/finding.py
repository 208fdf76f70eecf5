"""All rules on one page, and those that fit some words."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.preferences.models import Preferences
from portal.preferences.rulebook import Rule, Subject
from portal.preferences.values import is_usual, rule_in_words, values_of


@dataclass(frozen=True, slots=True)
class Line:
    """A rule with what it is now."""

    rule: Rule
    value: str
    deviates: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page with its rules that fit."""

    subject: Subject
    lines: list[Line]


def found_by(text: str, subjects: Iterable[Subject], kept: Preferences) -> list[Found]:
    """Every word must stand in what a rule or its page says, or in its synonyms. A page that fits by itself has all its
    rules."""
    words = text.casefold().split()
    found = []
    for subject in subjects:
        page = f"{subject.label} {subject.lead} {subject.words}".casefold()
        fits = all(word in page for word in words)
        rules = [rule for rule in subject.rules if fits or all(word in f"{page} {_said(rule)}" for word in words)]
        if fits or rules:
            lines = [Line(rule, rule_in_words(rule, values_of(kept, rule.fields)), not is_usual(kept, rule))
                     for rule in rules]  # fmt: skip
            found.append(Found(subject, lines))
    return found


def _said(rule: Rule) -> str:
    return f"{rule.title} {rule.explanation} {rule.words}".casefold()
