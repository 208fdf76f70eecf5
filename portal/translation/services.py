"""Reading and changing what this room keeps."""

from django.http import HttpRequest

from portal.translation.languages import LANGUAGES, Language
from portal.translation.models import LanguageSettings

_ON_REQUEST = "_language_settings"


def language_settings(request: HttpRequest | None = None) -> LanguageSettings:
    """The municipality's choice, or the defaults where none was saved; one query a request."""
    if request is None:
        return LanguageSettings.objects.first() or LanguageSettings()
    kept: LanguageSettings | None = getattr(request, _ON_REQUEST, None)
    if kept is None:
        kept = LanguageSettings.objects.first() or LanguageSettings()
        setattr(request, _ON_REQUEST, kept)
    return kept


def offered_codes(request: HttpRequest) -> frozenset[str]:
    """The languages this municipality offers."""
    return frozenset(language_settings(request).offered)


def offered_languages(request: HttpRequest) -> list[Language]:
    """The same as languages, in the order of the menu."""
    offered = offered_codes(request)
    return [language for language in LANGUAGES if language.code in offered]
