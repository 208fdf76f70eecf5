"""Which languages a municipality speaks, who translates for it, and what was translated."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.singleton import Singleton, singleton_constraint
from portal.translation.languages import CODES, LANGUAGES


def all_codes() -> list[str]:
    """Every language we have: the default of a municipality."""
    return list(CODES)


class Backend(models.TextChoices):
    """Who translates the content."""

    NONE = "none", _("nobody: the content stays German")
    LIBRETRANSLATE = "libretranslate", "LibreTranslate"
    DEEPL = "deepl", "DeepL"


class LanguageSettings(Singleton):
    """The one row of a municipality's choice of languages. Read it with `services.language_settings`."""

    offered = ArrayField(
        fields.CharField(max_length=5, choices=[(language.code, language.name) for language in LANGUAGES]),
        verbose_name=_("languages of the portal"),
        default=all_codes,
        help_text=_("German always belongs to them. The others stand in the language menu of every page."),
    )
    backend = fields.CharField(_("translation of the content"), max_length=20, choices=Backend, default=Backend.NONE)
    endpoint = fields.URLField(
        _("address of the service"),
        blank=True,
        help_text=_("For example https://uebersetzen.example.org for a LibreTranslate of your own."),
    )
    # Encrypted with the platform's key (see keys.py): neither a dump nor an export gives it away.
    secret_key = fields.TextField(_("key of the service"), blank=True, editable=False)
    monthly_characters = models.PositiveIntegerField(
        _("characters a month"),
        default=200_000,
        help_text=_("When so many characters were translated, no more are sent before the next month."),
    )

    class Meta:
        verbose_name = _("languages")
        verbose_name_plural = _("languages")
        constraints = (
            singleton_constraint("languages_one_row"),
            models.CheckConstraint(
                name="languages_german_offered",
                condition=models.Q(offered__contains=["de"]),
                violation_error_message=_("German is the language of the content and cannot be left out."),
            ),
            models.CheckConstraint(name="languages_known", condition=models.Q(offered__contained_by=list(CODES))),
            models.CheckConstraint(name="languages_backend_known", condition=models.Q(backend__in=Backend.values)),
            models.CheckConstraint(
                name="languages_backend_has_address",
                condition=models.Q(backend=Backend.NONE) | ~models.Q(endpoint=""),
                violation_error_message=_("Please give the address of the service."),
            ),
        )

    def __str__(self) -> str:
        return str(_("languages"))


class Format(models.TextChoices):
    """What a text is made of."""

    TEXT = "text", _("plain text")
    HTML = "html", _("text with markup")


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Which translations."""

    def by_people(self) -> "TranslationQuerySet":
        """Those a person wrote or corrected."""
        return self.filter(machine=False)

    def search(self, words: str) -> "TranslationQuerySet":
        """Those with these words in the German or the translated text; outdated ones first."""
        found = self.order_by("-outdated", "-created_at", "-pk")
        return found.filter(models.Q(source__icontains=words) | models.Q(text__icontains=words)) if words else found


class Translation(models.Model):
    """A text in another language, found by what it says and not by where it stands: equal texts are paid for once."""

    source_hash = fields.CharField(max_length=64)
    source_language = fields.CharField(max_length=5, default="de")
    target = fields.CharField(_("language"), max_length=5)
    format = fields.CharField(max_length=4, choices=Format, default=Format.TEXT)
    source = fields.TextField(_("German text"))
    text = fields.TextField(_("translation"))
    # Where it was met last, such as "angebot 12 title": by it a changed text finds its older translation.
    place = fields.CharField(max_length=120, blank=True)
    machine = models.BooleanField(_("made by a machine"), default=True)
    outdated = models.BooleanField(_("the German text has changed since"), default=False)
    corrected_by = fields.CharField(_("corrected by"), max_length=254, blank=True)
    corrected_at = models.DateTimeField(_("corrected on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["source_hash", "target"], name="translation_once"),
            models.CheckConstraint(name="translation_target_known", condition=models.Q(target__in=list(CODES))),
            models.CheckConstraint(name="translation_format_known", condition=models.Q(format__in=Format.values)),
        )
        indexes = (models.Index(fields=["place", "target"], name="translation_place"),)

    def __str__(self) -> str:
        return self.source[:60]

    def newer(self) -> "Translation | None":
        """The translation of what stands in its place now; None where nothing changed or nobody asked for it yet."""
        if not self.outdated:
            return None
        return Translation.objects.filter(place=self.place, target=self.target, outdated=False).first()


class Attempt(models.Model):
    """That somebody asked for a page in a language, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being translated")
        DONE = "done", _("translated")
        FAILED = "failed", _("failed")

    kind = fields.CharField(max_length=20)
    object_id = models.BigIntegerField()
    target = fields.CharField(max_length=5)
    state = fields.CharField(max_length=10, choices=State, default=State.WAITING)
    # One of backends.Trouble; the page has a sentence for each.
    trouble = fields.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("order for a translation")
        verbose_name_plural = _("orders for translations")
        constraints = (
            models.UniqueConstraint(fields=["kind", "object_id", "target"], name="attempt_once"),
            models.CheckConstraint(
                name="attempt_state_known", condition=models.Q(state__in=["waiting", "done", "failed"])
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.target}"


class MonthlyUse(models.Model):
    """How many characters were sent to the service in a month."""

    month = models.DateField(primary_key=True)
    characters = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("use of the translation service")
        verbose_name_plural = _("use of the translation service")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.characters}"
