"""Simple answers that are still missing: their questions stand on the last page and are sent along with it.

The questions are those of the pages themselves: each is asked by its page's form, on everything else that page says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.authoring.every import FORMS
from portal.authoring.forms.base import Mistake, Setting, changes_of
from portal.authoring.forms.picture import PictureForm, file_of, hero_of
from portal.offers.choices import CostKind
from portal.revisions.kinds import Content, Problem
from portal.revisions.results import Draft

# More than so many are no short way any more: then links lead to the pages.
MOST = 4


@dataclass(frozen=True, slots=True)
class Question:
    """`name`: of the problem it solves, or "" for a question nobody must answer; `fields` of a page's form."""

    key: str
    step: str
    fields: tuple[str, ...]
    solves: str = ""


EVERY = (
    Question("title", "was", ("title",), "title"),
    Question("summary", "was", ("summary",), "summary"),
    Question("topic", "was", ("topic",), "categories"),
    Question("target_groups", "was", ("target_groups",)),
    Question("cost", "wo", ("cost_kind", "cost_amount", "amount_note", "cost_words")),
    Question("alt_text", "bild", ("alt_text",), "images"),
    Question("copyright", "bild", ("copyright",), "images"),
    Question("permission", "bild", ("permission",), "images"),
)


def asked_of(said: Content, problems: Iterable[Problem], typed: Mapping[str, Any]) -> tuple[Question, ...]:
    """What can be answered on the last page; nothing where too much is missing, or where a page is unclear itself."""
    listed = list(problems)
    names = {problem.name for problem in listed}
    if "title" in names:
        # Nothing was written yet: the first page is shorter than all of it here.
        return ()
    asked = [each for each in EVERY if each.step not in typed and _is_open(each, said, names)]
    needed = [each for each in asked if each.solves]
    others = [problem for problem in listed if not solved_by(needed, problem)]
    if len(needed) + len(others) > MOST:
        return ()
    chosen = {*needed, *[each for each in asked if not each.solves][: MOST - len(needed)]}
    return tuple(each for each in asked if each in chosen)


def _is_open(question: Question, said: Content, problems: set[str]) -> bool:
    hero = hero_of(said)
    match question.key:
        case "target_groups":
            return not said["target_groups"]
        case "cost":
            return bool(said["cost_kind"] == CostKind.UNKNOWN)
        case "alt_text" | "copyright":
            return hero is not None and not hero[question.key]
        case "permission":
            file = file_of(said) if hero is not None else None
            return file is not None and not file.permission
    return question.solves in problems


def solved_by(questions: Iterable[Question], problem: Problem) -> bool:
    """Whether a question here solves a problem, so that no link needs to lead away."""
    return any(each.solves == problem.name for each in questions)


class Answers:
    """The questions as they are shown, or as they were answered."""

    def __init__(self, questions: tuple[Question, ...], setting: Setting, sent: Any = None) -> None:
        self.questions = questions
        self._forms: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        for step in dict.fromkeys(each.step for each in questions):
            make = FORMS[step]
            data = make.data_of(setting)
            self._before[step] = make(data.copy(), setting)
            fields = [name for each in questions if each.step == step for name in each.fields]
            for name in fields:
                if sent is not None:
                    data.setlist(name, sent.getlist(name))
            self._forms[step] = make(data, setting)
            if sent is None:
                self._forms[step].forgive()

    @property
    def shown(self) -> list[dict[str, Any]]:
        """For the template: which question, and the form that asks it."""
        return [{"key": each.key, "form": self._forms[each.step]} for each in self.questions]

    def mistakes(self) -> list[Mistake]:
        """What was answered and could not be understood."""
        names = {f"id_{name}" for each in self.questions for name in each.fields}
        found = [mistake for form in self._forms.values() for mistake in form.mistakes()]
        return [each for each in found if each.target.removesuffix("_0") in names]

    def changes(self) -> Content:
        """What the answers change."""
        found: Content = {}
        for step, form in self._forms.items():
            found |= changes_of(form, self._before[step])
        return found

    def allow(self) -> None:
        """Note who said that a picture may be shown."""
        for form in self._forms.values():
            if isinstance(form, PictureForm):
                form.allow()


def setting_of(offer: Any, draft: Draft, person: Any) -> Setting:
    """What the forms of the questions start from."""
    return Setting(offer.provider, draft.content, person, offer.published_at is None)
