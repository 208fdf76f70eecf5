"""How a programme speaks of its days."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def period_line(first: date, last: date) -> str:
    """“1 January to 31 March 2027”."""
    begins = date_format(first, _("j F") if first.year == last.year else _("j F Y"))
    return _("%(first)s to %(last)s") % {"first": begins, "last": date_format(last, _("j F Y"))}
