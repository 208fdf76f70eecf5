"""Telling the operators of due times that end soon or are over, each once."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from mail.services import post_kind
from tenants.urls import own_address
from tracker.releases.deadlines import take_warnings
from tracker.releases.models import Deadline


def warn() -> int:
    """Write the mails; return how many errors they are about."""
    soon, over = take_warnings()
    if not soon and not over:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "number": len(soon) + len(over),
            "soon": _listed(_("Their time ends soon:"), soon),
            "over": _listed(_("Their time is over:"), over),
            "link": f"{own_address()}betrieb/fristen/",
        }
    for user in User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]):
        post_kind("tracker_due", to=user.email, values=values)
    return len(soon) + len(over)


def _listed(heading: str, deadlines: Iterable[Deadline]) -> str:
    rows = [f"– {each.ticket} ({date_format(each.due_on, 'DATE_FORMAT')})" for each in deadlines]
    return "\n".join([heading, *rows]) if rows else ""
