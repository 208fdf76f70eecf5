"""Which languages offers are held in, and what these are called."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

# ISO 639-1, and of the longer codes of ISO 639-3 those that people in German towns speak.
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
aii ckb dsb gsg hsb kab kmr nds prs rom zza
"""
KNOWN = frozenset(_CODES.split())


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
