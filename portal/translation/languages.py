"""The languages of the interface, each with what it says of itself. German is the language of the content."""

from typing import NamedTuple

SOURCE = "de"
# In the address of every page (contract.md).
PARAMETER = "sprache"


# The pages of the town hall speak two languages only: whoever works there decides on German texts. (English is what the
# messages are written in.) So does the door for the operator's support. The rooms that have no other pages are named in
# tools/messages.py.
TOWN_HALL = ("/redaktion/", "/plattform/", "/auswertung/", "/hilfe-zugang/")
# So do those for people who write programs.
FOR_PROGRAMS = ("/api/", "/daten/", "/hsds/")
# Below them, what providers see too.
PROVIDERS_TOO = ("/plattform/melden/", "/plattform/meldungen/")
SPOKEN_THERE = frozenset({SOURCE, "en"})


class Language(NamedTuple):
    """A language under its own name, with the line that offers it to people who prefer it, and how to refuse."""

    code: str
    name: str
    offer: str
    refuse: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """The value of the HTML attribute `dir`."""
        return "rtl" if self.right_to_left else "ltr"


LANGUAGES = (
    Language("de", "Deutsch", "Diese Seite gibt es auf Deutsch.", "Hinweis schließen"),
    Language("en", "English", "This page is available in English.", "Close this note"),
    Language("fr", "Français", "Cette page existe en français.", "Fermer ce message"),
    Language("tr", "Türkçe", "Bu sayfayı Türkçe okuyabilirsiniz.", "Bu notu kapat"),
    Language("ar", "العربية", "هذه الصفحة متاحة باللغة العربية.", "إغلاق هذه الملاحظة", right_to_left=True),
    Language("uk", "Українська", "Ця сторінка доступна українською.", "Закрити підказку"),
    Language("ru", "Русский", "Эта страница доступна на русском языке.", "Закрыть подсказку"),
    Language("fa", "فارسی", "این صفحه به زبان فارسی در دسترس است.", "بستن این پیام", right_to_left=True),
)
BY_CODE = {language.code: language for language in LANGUAGES}
CODES = tuple(BY_CODE)
