"""The three legal pages that are made from answers, and the one that has a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.site.legal import texts
from portal.site.legal.pieces import Answers
from portal.site.legal.questions import IMPRINT, PRIVACY, TERMS, Part, Question


@dataclass(frozen=True, slots=True)
class LegalPage:
    """One of them. `title` is content and German; `why` says which law wants it."""

    slug: str
    title: str
    why: Promise
    parts: tuple[Part, ...]
    make: Callable[[Answers], str]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(each for part in self.parts for each in part.questions)

    @property
    def url(self) -> str:
        """Where it is filled in."""
        return f"/redaktion/rechtliches/{self.slug}/"

    def missing(self, answers: Answers) -> list[Question]:
        """What the law demands and nobody answered."""
        return [each for each in self.questions if each.demanded and not answers.get(each.name, "").strip()]


PAGES: dict[str, LegalPage] = {
    each.slug: each
    for each in (
        LegalPage(
            "impressum",
            "Impressum",
            _("§ 5 DDG and § 18 MStV want it on every portal, two clicks away at most."),
            IMPRINT,
            texts.imprint,
        ),
        LegalPage(
            "datenschutz",
            "Datenschutz",
            _("Article 13 GDPR wants everybody to know who does what with their data."),
            PRIVACY,
            texts.privacy,
        ),
        LegalPage(
            "nutzungsbedingungen",
            "Nutzungsbedingungen",
            _("Article 14 DSA wants the rules for what providers publish to be public and clear."),
            TERMS,
            texts.terms,
        ),
    )
}
