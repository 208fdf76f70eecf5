"""Words of answers that are the interface's, so that everybody reads them in their language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The number under which each is counted, and its words.
AGES: tuple[tuple[int, Promise], ...] = (
    (0, _("under 18 years")),
    (18, _("18 to 26 years")),
    (27, _("27 to 44 years")),
    (45, _("45 to 64 years")),
    (65, _("65 years and older")),
)
YES_OR_NO: tuple[tuple[int, Promise], ...] = ((1, _("yes")), (0, _("no")))
