"""Feeds and exports among the parts of the tracker."""

from django.utils.translation import gettext_lazy as _

from tracker.tickets.showing import Tab, tab

tab(Tab("channels:exports", _("Feeds and export"), order=95))
