"""One thing of the catalogue as the operator works on it."""

import re
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.models import HEX_COLOR, hex_color_validator
from core.ordering import ByName

OLDEST = 120
MOST_NAME, MOST_DEFINITION, MOST_WORD, MOST_WORDS, MOST_TEXT = 120, 600, 80, 30, 2000
# German stands in the entry itself.
TRANSLATED = tuple(code for code, _name in settings.LANGUAGES if code != "de")
TRANSLATED_PARTS = {"name": MOST_NAME, "definition": MOST_DEFINITION}


class Kind(models.TextChoices):
    """What an entry is; it never becomes another kind."""

    CATEGORY = "category", _("Category")
    TARGET_GROUP = "target_group", _("Target group")
    AGE_PHASE = "age_phase", _("Age phase")
    LANGUAGE = "language", _("Language")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    SYNONYMS = "synonyms", _("Synonyms")
    TEXT_BLOCK = "text_block", _("Text block")


# The letter an entry's code begins with: Kategorie, Zielgruppe, Altersphase, Sprache, Barrierefreiheit, Wörter,
# Textbaustein.
PREFIXES: dict[Kind, str] = {
    Kind.CATEGORY: "K",
    Kind.TARGET_GROUP: "Z",
    Kind.AGE_PHASE: "A",
    Kind.LANGUAGE: "S",
    Kind.ACCESSIBILITY: "B",
    Kind.SYNONYMS: "W",
    Kind.TEXT_BLOCK: "T",
}
WITH_AGES = (Kind.TARGET_GROUP, Kind.AGE_PHASE)
CODE = r"^[KZASBWT]-[0-9]{3,}$"


def _fits_its_kind() -> Q:
    fitting = Q()
    for kind, prefix in PREFIXES.items():
        fitting |= Q(kind=kind, code__startswith=f"{prefix}-")
    return fitting


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries."""

    def present(self) -> "EntryQuerySet":
        """Those that are neither removed nor merged into another."""
        return self.filter(removed_at=None)

    def found(self, words: str) -> "EntryQuerySet":
        """Those with all these words in code, name, definition, synonyms, text or a translation."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(code__iexact=word)
                | Q(name__icontains=word)
                | Q(definition__icontains=word)
                | Q(text__icontains=word)
                | Q(words__icontains=word)
                | Q(translations__icontains=word)
            )
        return found


class Entry(models.Model):
    """A category, a target group … of the working copy. Rows are never deleted and codes never given twice (triggers
    see to that): a municipality that skipped releases still learns what became of what it took."""

    code = models.CharField(_("code"), max_length=10, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    name = fields.CharField(_("name"), max_length=MOST_NAME)
    definition = fields.TextField(
        _("definition"),
        max_length=MOST_DEFINITION,
        blank=True,
        help_text=_("What belongs here and what does not, in one or two sentences."),
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("above it"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    icon = fields.CharField(_("icon"), max_length=40, blank=True, help_text=_("Empty: as the one above it."))
    color = fields.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[hex_color_validator],
        help_text=_("Empty: as the one above it."),
    )
    min_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    max_age = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    words = ArrayField(
        fields.CharField(max_length=MOST_WORD), verbose_name=_("words"), size=MOST_WORDS, default=list, blank=True
    )
    text = fields.TextField(pgettext_lazy("of a text block", "text"), max_length=MOST_TEXT, blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced",
        editable=False,
    )

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("entry of the catalogue")
        verbose_name_plural = _("entries of the catalogue")
        ordering = ("kind", "position", ByName("name"), "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "parent", "name"),
                condition=Q(removed_at=None),
                nulls_distinct=False,
                name="catalogue_name_unique_among_siblings",
                violation_error_message=_("There is already an entry of this name at this place."),
            ),
            models.CheckConstraint(name="catalogue_name_given", condition=~Q(name="")),
            models.CheckConstraint(name="catalogue_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="catalogue_code_form", condition=Q(code__regex=CODE)),
            models.CheckConstraint(name="catalogue_code_of_kind", condition=_fits_its_kind()),
            models.CheckConstraint(name="catalogue_color_hex", condition=Q(color="") | Q(color__regex=HEX_COLOR)),
            models.CheckConstraint(
                name="catalogue_only_categories_have_parents", condition=Q(parent=None) | Q(kind=Kind.CATEGORY)
            ),
            models.CheckConstraint(
                name="catalogue_ages_of_groups",
                condition=Q(min_age=None, max_age=None) | Q(kind__in=[each.value for each in WITH_AGES]),
                violation_error_message=_("Only target groups and age phases have ages."),
            ),
            models.CheckConstraint(
                name="catalogue_ages_in_order",
                condition=Q(min_age=None) | Q(max_age=None) | Q(min_age__lte=F("max_age")),
                violation_error_message=_("The lowest age must not be above the highest."),
            ),
            models.CheckConstraint(
                name="catalogue_synonyms_have_words",
                condition=Q(kind=Kind.SYNONYMS, words__len__gte=2) | (~Q(kind=Kind.SYNONYMS) & Q(words=[])),
                violation_error_message=_("Synonyms need at least two words; other entries have none."),
            ),
            models.CheckConstraint(
                name="catalogue_text_of_text_blocks",
                condition=(Q(kind=Kind.TEXT_BLOCK) & ~Q(text="")) | (~Q(kind=Kind.TEXT_BLOCK) & Q(text="")),
                violation_error_message=_("A text block needs its text; other entries have none."),
            ),
            models.CheckConstraint(
                name="catalogue_merged_is_removed", condition=Q(replaced_by=None) | Q(removed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="catalogue_not_merged_into_itself", condition=Q(replaced_by=None) | ~Q(replaced_by=F("id"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_present(self) -> bool:
        """Whether it is neither removed nor merged."""
        return self.removed_at is None

    def clean(self) -> None:
        super().clean()
        check_translations(self.translations)
        folded = [word.casefold() for word in self.words]
        if len(set(folded)) < len(folded):
            raise ValidationError({"words": _("A word stands there twice.")})


def check_translations(translations: Any) -> None:
    """Refuse whatever is not {language: {"name": …, "definition": …}} of the product's languages."""
    if not isinstance(translations, dict) or not set(translations) <= set(TRANSLATED):
        raise ValidationError({"translations": _("Translations are kept by the languages of the platform.")})
    for language, parts in translations.items():
        if not isinstance(parts, dict) or not set(parts) <= set(TRANSLATED_PARTS):
            raise ValidationError({"translations": _("A translation has a name and a definition, nothing else.")})
        for part, text in parts.items():
            if not isinstance(text, str) or not text.strip() or len(text) > TRANSLATED_PARTS[part]:
                raise ValidationError(
                    {
                        "translations": _("%(language)s: the text is empty or longer than %(most)d characters.")
                        % {"language": language, "most": TRANSLATED_PARTS[part]}
                    }
                )


class Relation(models.TextChoices):
    """How an entry stands to a term elsewhere, as SKOS says it (`skos:exactMatch` …): broader means the other term is
    the wider one."""

    EXACT = "exact", pgettext_lazy("meaning of a term", "the same")
    CLOSE = "close", pgettext_lazy("meaning of a term", "nearly the same")
    BROADER = "broader", pgettext_lazy("meaning of a term", "wider there")
    NARROWER = "narrower", pgettext_lazy("meaning of a term", "narrower there")


# Public vocabularies entries may point at: their name, and the form of their codes (docs/CATALOGUE.md says which and
# why). "chancenportal" are the numbers of the original portal's own lists, "portal" the choices of an offer here.
VOCABULARIES: dict[str, tuple[str, str]] = {
    "chancenportal": ("Chancenportal (TYPO3)", r"(category|targetgroup):[0-9]+"),
    "portal": ("Angaben eines Angebots", r"[a-z_]+:[A-Za-z0-9_-]+"),
    "open-eligibility": ("Open Eligibility", r"human_(services|situations)(:[a-z0-9_]+)*"),
    "esd": ("LGA/ESD Services", r"[0-9]{1,5}"),
    "nace": ("NACE Rev. 2 / WZ 2008", r"[A-U]|[0-9]{2}(\.[0-9]{1,2})?"),
    "leika": ("LeiKa", r"[0-9]{14}"),
    "bcp47": ("BCP 47 / ISO 639", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
    "osm": ("OpenStreetMap", r"[a-z_:]+=([a-z_]+|\*)"),
    "schema.org": ("schema.org", r"[A-Z][A-Za-z]+"),
}


class Mapping(models.Model):
    """Where an entry has its like in a public vocabulary."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mappings")
    vocabulary = models.CharField(_("vocabulary"), max_length=30)
    code = fields.CharField(_("code there"), max_length=100)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.CLOSE)

    class Meta:
        verbose_name = _("link to a vocabulary")
        verbose_name_plural = _("links to vocabularies")
        ordering = ("vocabulary", "code", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "vocabulary", "code"),
                name="catalogue_mapping_once",
                violation_error_message=_("This entry has this link already."),
            ),
            models.CheckConstraint(name="catalogue_mapping_given", condition=~Q(vocabulary="") & ~Q(code="")),
            models.CheckConstraint(name="catalogue_mapping_relation_known", condition=Q(relation__in=Relation.values)),
        )

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"

    @property
    def vocabulary_name(self) -> str:
        """What people call the vocabulary; its code where the product no longer knows it."""
        return VOCABULARIES.get(self.vocabulary, (self.vocabulary, ""))[0]

    def clean(self) -> None:
        super().clean()
        if self.vocabulary not in VOCABULARIES:
            raise ValidationError({"vocabulary": _("This vocabulary is not known.")})
        if not re.fullmatch(VOCABULARIES[self.vocabulary][1], self.code):
            raise ValidationError({"code": _("“%(code)s” is no code of this vocabulary.") % {"code": self.code}})
