"""Names of the languages offers are held in."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def language_name(code: str) -> str:
    """A language's name in the language of the page; the code itself where nobody knows it.

    Django names those it is translated into; the rest are languages of people who came to us.
    """
    own = {
        "fa": _("Persian (Farsi)"),
        "ku": _("Kurdish"),
        "kmr": _("Kurdish (Kurmanji)"),
        "ps": _("Pashto"),
        "prs": _("Dari"),
        "so": _("Somali"),
        "sq": _("Albanian"),
        "ti": _("Tigrinya"),
        "am": _("Amharic"),
        "zh": _("Chinese"),
        "gsg": _("German Sign Language"),
    }
    if code in own:
        return own[code]
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
