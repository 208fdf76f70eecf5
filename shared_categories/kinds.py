"""The kinds of entries on the screen: their addresses, their names, and what an entry of each has."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared_categories.models import Kind

HERE = "/betrieb/kategorien/"


@dataclass(frozen=True, slots=True)
class Page:
    """The list of a kind. `fields` are those of its form, besides name and place."""

    kind: Kind
    slug: str
    title: Promise
    lead: Promise
    add: Promise
    fields: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where the list stands; that of categories is the room's first page."""
        return HERE if self.kind == Kind.CATEGORY else f"{HERE}art/{self.slug}/"


_PLAIN = ("name", "definition")
PAGES: dict[Kind, Page] = {
    page.kind: page
    for page in (
        Page(
            Kind.CATEGORY,
            "themen",
            _("Categories"),
            _("What an offer is about. Whom it is for and how old they are stands elsewhere."),
            _("Add a category"),
            (*_PLAIN, "icon", "color"),
        ),
        Page(
            Kind.TARGET_GROUP,
            "zielgruppen",
            _("Target groups"),
            _("Whom offers are for, besides their age."),
            _("Add a target group"),
            (*_PLAIN, "min_age", "max_age"),
        ),
        Page(
            Kind.AGE_PHASE,
            "altersphasen",
            _("Age phases"),
            _("How old those are whom offers are for; both limits belong to it."),
            _("Add an age phase"),
            (*_PLAIN, "min_age", "max_age"),
        ),
        Page(
            Kind.LANGUAGE,
            "sprachen",
            _("Languages"),
            _("In which languages offers are held."),
            _("Add a language"),
            _PLAIN,
        ),
        Page(
            Kind.ACCESSIBILITY,
            "barrierefreiheit",
            _("Accessibility"),
            _("What people with disabilities find at the place of an offer."),
            _("Add a feature"),
            (*_PLAIN, "icon"),
        ),
        Page(
            Kind.SYNONYMS,
            "synonyme",
            _("Synonyms"),
            _("Words that find the same offers."),
            _("Add synonyms"),
            ("name", "words"),
        ),
        Page(
            Kind.TEXT_BLOCK,
            "textbausteine",
            _("Text blocks"),
            _("Sentences with which editors give a text back."),
            _("Add a text block"),
            ("name", "text"),
        ),
    )
}
BY_SLUG = {page.slug: page for page in PAGES.values()}
# German words for German texts: what nobody translates.
UNTRANSLATED = frozenset({Kind.SYNONYMS, Kind.TEXT_BLOCK})
