"""Translation services, one module each. All speak `translate(texts, source=, target=, format=) -> list[str]`."""

from portal.translation.backends.deepl import DeepL
from portal.translation.backends.libretranslate import LibreTranslate
from portal.translation.backends.service import BackendError, Service, Trouble
from portal.translation.keys import unseal
from portal.translation.models import Backend, LanguageSettings

__all__ = ["BackendError", "Service", "Trouble", "service_of"]


def service_of(chosen: LanguageSettings) -> Service | None:
    """The service a municipality chose, or None."""
    if chosen.backend == Backend.NONE:
        return None
    kind = DeepL if chosen.backend == Backend.DEEPL else LibreTranslate
    return kind(chosen.endpoint, unseal(chosen.secret_key))
