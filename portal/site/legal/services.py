"""Keeping answers, making the text, putting it on the page."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from audit.services import record
from core.html import clean_html
from portal.pages.models import Menu, Page
from portal.site.legal.kinds import PAGES, LegalPage
from portal.site.legal.questions import Question
from portal.site.models import LegalText
from theming.services import current_theme

# From which column of the appearance an answer can be taken, where nobody gave one yet.
_FROM_LOOK = {
    "body": "organisation",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "phone": "phone",
    "email": "email",
    "portal": "portal_name",
    "dsa_email": "email",
}
_STILL_WRITTEN = "This text is still being written by the editors."


class WrittenByHandError(Exception):
    """Somebody changed the page by hand since: replacing it needs a word."""


class MovedOnError(Exception):
    """Somebody else saved other answers since the form was opened. `names`: of the questions that differ."""

    def __init__(self, names: list[str], stand: str) -> None:
        super().__init__(*names)
        self.names, self.stand = names, stand


class NotCompleteError(Exception):
    """Something is missing that the law demands."""


@dataclass(frozen=True, slots=True)
class State:
    """How a legal page stands."""

    page: LegalPage
    missing: list[Question]
    begun: bool
    public: bool
    placeholder: bool
    by_hand: bool

    @property
    def done(self) -> bool:
        """Public, and somebody has really said something: from these answers, or in words of their own."""
        return self.public and not self.placeholder


def digest(body: str) -> str:
    """By which a text is known again."""
    return hashlib.sha256(body.encode()).hexdigest()


def is_placeholder(body: str) -> bool:
    """Whether it is still what every new portal begins with."""
    if not body.strip():
        return True
    for language in ("de", "en"):
        with override(language):
            if gettext(_STILL_WRITTEN) in body:
                return True
    return False


def answers_for(page: LegalPage) -> dict[str, str]:
    """What was answered, and for the rest what is known from elsewhere or usual."""
    rows = {row.slug: row.answers for row in LegalText.objects.all()}
    own = dict(rows.get(page.slug, {}))
    if page.slug in rows:
        return own
    theme, found = current_theme(), dict[str, str]()
    others = [rows.get(slug, {}) for slug in PAGES]
    for question in page.questions:
        known = next((each[question.name] for each in others if each.get(question.name)), "")
        look = str(getattr(theme, _FROM_LOOK.get(question.name, ""), "") or "") if question.name in _FROM_LOOK else ""
        value = ("" if question.name == "more" else known) or look or question.usual
        if value:
            found[question.name] = value
    return found


def states() -> list[State]:
    """All three, in their order; two statements."""
    rows = {row.slug: row for row in LegalText.objects.all()}
    there = {page.slug: page for page in Page.objects.filter(slug__in=PAGES)}
    return [_state(page, rows.get(slug), there.get(slug)) for slug, page in PAGES.items()]


def _state(page: LegalPage, row: LegalText | None, there: Page | None) -> State:
    body = there.body if there else ""
    placeholder = is_placeholder(body)
    return State(
        page=page,
        missing=page.missing(row.answers if row else {}),
        begun=row is not None,
        public=bool(there and there.published),
        placeholder=placeholder,
        by_hand=not placeholder and (row is None or row.written != digest(body)),
    )


def stand_of(slug: str) -> str:
    """By which a form knows which answers it was opened with; empty before the first."""
    row = LegalText.objects.filter(slug=slug).first()
    return _stand(row.answers) if row else ""


def _stand(answers: dict[str, str]) -> str:
    return digest(json.dumps(answers, sort_keys=True))[:16]


@transaction.atomic
def keep(page: LegalPage, answers: dict[str, str], *, by: Any, seen: str | None = None) -> LegalText:
    """Keep what was answered; the page itself does not change. `seen` is the stand the form was opened with:
    MovedOnError where somebody else saved other answers since; nothing is written then."""
    row, made = LegalText.objects.select_for_update().get_or_create(slug=page.slug)
    if seen is not None and not made and row.answers != answers and seen != _stand(row.answers):
        others = [each.name for each in page.questions if row.answers.get(each.name) != answers.get(each.name)]
        raise MovedOnError(others, _stand(row.answers))
    if made or row.answers != answers:
        row.answers = answers
        row.save(update_fields=["answers", "updated_at"])
        record("site.legal_answered", row, by=by)
    return row


@transaction.atomic
def publish(page: LegalPage, *, replace: bool, by: Any) -> Page:
    """Put the text made from the kept answers on the page, making it if there is none. Twice is once.

    NotCompleteError where something is missing; WrittenByHandError where the page says something else than what was
    last made from answers, unless `replace`. What it said before stays in its history."""
    row = LegalText.objects.select_for_update().filter(slug=page.slug).first()
    answers = row.answers if row else {}
    if row is None or page.missing(answers):
        raise NotCompleteError
    body = clean_html(page.make(answers))
    there = Page.objects.select_for_update().filter(slug=page.slug).first()
    if there is None:
        there = Page(slug=page.slug, title=page.title, menu=Menu.FOOTER, position=Page.objects.count())
    elif there.body != body and not replace and not is_placeholder(there.body) and row.written != digest(there.body):
        raise WrittenByHandError
    if there.pk is None or there.body != body or not there.published:
        there.body, there.published = body, True
        there.save()
        record("site.legal_written", there, by=by)
    row.written, row.written_at = digest(there.body), timezone.now()
    row.save(update_fields=["written", "written_at", "updated_at"])
    return there
