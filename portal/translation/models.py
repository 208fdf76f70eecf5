"""Which languages a municipality speaks, who translates for it, and what was translated."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

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
        models.CharField(max_length=5, choices=[(language.code, language.name) for language in LANGUAGES]),
        verbose_name=_("languages of the portal"),
        default=all_codes,
        help_text=_("German always belongs to them. The others stand in the language menu of every page."),
    )
    backend = models.CharField(_("translation of the content"), max_length=20, choices=Backend, default=Backend.NONE)
    endpoint = models.URLField(
        _("address of the service"),
        blank=True,
        help_text=_("For example https://uebersetzen.example.org for a LibreTranslate of your own."),
    )
    # Encrypted with the platform's key (see keys.py): neither a dump nor an export gives it away.
    secret_key = models.TextField(_("key of the service"), blank=True, editable=False)
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
