"""Reading and changing what this room keeps."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from audit.services import record
from core.html import clean_html
from portal.translation.keys import seal
from portal.translation.languages import LANGUAGES, Language
from portal.translation.models import Format, LanguageSettings, Translation
from tenants.running.changes import remembered

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


@transaction.atomic
def save_settings(settings: LanguageSettings, *, new_key: str, by: Any) -> LanguageSettings:
    """Keep a municipality's choice. A key is only ever sent where it was entered for: another service or address
    forgets it, so that nobody learns it by pointing the portal at a server of theirs."""
    before = LanguageSettings.objects.select_for_update().first() or LanguageSettings()
    moved = (before.backend, before.endpoint) != (settings.backend, settings.endpoint)
    if new_key:
        settings.secret_key = seal(new_key)
    else:
        settings.secret_key = "" if moved else before.secret_key
    settings.save()
    changes = {
        name: [getattr(before, name), getattr(settings, name)]
        for name in ("offered", "backend", "endpoint", "monthly_characters")
        if getattr(before, name) != getattr(settings, name)
    }
    record("translation.settings_saved", settings, by=by, changes=changes)
    return settings


@transaction.atomic
def correct(translation: Translation, *, text: str, by: Any) -> Translation:
    """A person's words for a text; they win over every machine's for as long as the German text is the same."""
    translation.text = clean_html(text) if translation.format == Format.HTML else text
    translation.machine = False
    translation.outdated = False
    translation.corrected_by = str(by)
    translation.corrected_at = timezone.now()
    translation.save()
    record("translation.corrected", translation, by=by)
    return translation


@transaction.atomic
def drop(translation: Translation, *, by: Any) -> None:
    """Forget a translation: the next click has the text translated anew."""
    record("translation.dropped", translation, by=by)
    translation.delete()
