"""HTML from TYPO3's editors."""

import re

from django.utils.translation import gettext as _

from core.html import clean_html
from portal.exchange.typo3.context import Line

_ACTIVE = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|form|input|button|svg|img|video|audio|link|meta)\b"
    r"|<[^>]*\son\w+\s*=|(?:javascript|data|vbscript)\s*:",
    re.IGNORECASE,
)


def html(line: Line, name: str) -> str:
    """The column sanitised. Lost styling is not worth a word to the operator, lost content or code is."""
    written = line.text(name)
    if _ACTIVE.search(written):
        line.repair(name, _("scripts, embedded content or unsafe links were removed"))
    return clean_html(written)
