"""The parts of the tracker this room adds."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from tracker.channels.models import SentryError
from tracker.tickets.models import Viewer
from tracker.tickets.showing import Tab, tab


def _errors_without_ticket(viewer: Viewer) -> int:
    return SentryError.objects.filter(ticket=None).count()


def _keeps_webhooks(viewer: Viewer) -> bool:
    return viewer.is_operator or Role.ADMIN in viewer.roles


tab(Tab("channels:errors", _("Errors seen by Sentry"), order=40, count=_errors_without_ticket))
tab(Tab("channels:subscription", _("Mails"), order=80, shown=lambda viewer: True))
tab(Tab("channels:hooks", _("Webhooks"), order=85, shown=_keeps_webhooks))
tab(Tab("channels:sources", _("Incoming webhooks"), order=90))
