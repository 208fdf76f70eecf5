"""Whom the portal's mails to the editors reach under a rule."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.feedback.letters import receivers_by
from portal.preferences.effects import register
from portal.preferences.models import Preferences
from theming.services import current_theme


def receivers_read(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """The addresses. One statement."""
    found = receivers_by(wished)
    yield (
        _("Then they go to: %(addresses)s") % {"addresses": ", ".join(found)} if found else _("Then they reach nobody.")
    )


def address_shown(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """What stands on the page instead of the form."""
    theme = current_theme()
    if not wished.contact_by_form:
        shown = ", ".join(filter(None, (theme.email, theme.phone))) or _("nothing")
        yield _("Instead of the form the page shows: %(address)s") % {"address": shown}


register("contact_by_form", address_shown)
register("mail_receiver", receivers_read)
