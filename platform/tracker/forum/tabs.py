"""The exchange among the parts of the tracker."""

from django.utils.translation import gettext_lazy as _

from tracker.tickets.showing import Tab, tab

tab(Tab("forum:topics", _("Exchange"), order=40))
