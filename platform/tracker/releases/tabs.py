"""The parts of the tracker this room adds."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.tickets.showing import Tab, tab

tab(Tab("releases:news", pgettext_lazy("of the platform", "News"), order=30))
tab(Tab("releases:versions", pgettext_lazy("of the software", "Versions"), order=30))
tab(Tab("releases:due_times", _("Due times"), order=35))
