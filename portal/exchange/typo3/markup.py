"""HTML from TYPO3's editors."""

from django.utils.translation import gettext as _

from core.html import LONGEST, clean_html, has_active_content
from portal.exchange.typo3.context import Line


def html(line: Line, name: str) -> str:
    """The column sanitised. Lost styling is not worth a word to the operator, lost content or code is."""
    written = line.text(name)
    if len(written) > LONGEST:
        line.repair(name, _("only the first %(most)d characters were taken over") % {"most": LONGEST})
        written = written[:LONGEST]
    if has_active_content(written):
        line.repair(name, _("scripts, embedded content or unsafe links were removed"))
    return clean_html(written)
