"""Reading and changing what this room keeps."""

from django.http import HttpRequest

from portal.translation.languages import LANGUAGES, Language
from portal.translation.models import LanguageSettings
from tenants.changes import remembered

_ON_REQUEST = "_language_settings"


def language_settings(request: HttpRequest | None = None) -> LanguageSettings:
    """The municipality's choice, else the defaults; remembered until it changes, so only to be read."""
    if request is None:
        return remembered("language_settings", _read, rooms=("translation",))
    kept: LanguageSettings | None = getattr(request, _ON_REQUEST, None)
    if kept is None:
        kept = remembered("language_settings", _read, rooms=("translation",))
        setattr(request, _ON_REQUEST, kept)
    return kept


def _read() -> LanguageSettings:
    return LanguageSettings.objects.first() or LanguageSettings()


def offered_codes(request: HttpRequest) -> frozenset[str]:
    """The languages this municipality offers."""
    return frozenset(language_settings(request).offered)


def offered_languages(request: HttpRequest) -> list[Language]:
    """The same as languages, in the order of the menu."""
    offered = offered_codes(request)
    return [language for language in LANGUAGES if language.code in offered]
