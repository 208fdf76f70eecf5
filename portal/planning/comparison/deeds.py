"""What the town hall's log says of taking part in comparisons, in sentences."""

from django.utils.translation import gettext_lazy as _

from portal.people.deeds import DEEDS

DEEDS.update(
    {
        "comparison.agreed": _("%(who)s agreed that the municipality takes part in comparisons"),
        "comparison.withdrawn": _("%(who)s ended the part of the municipality in comparisons"),
    }
)
