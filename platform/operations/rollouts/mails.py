"""The mail to the operators when a rollout has stopped by itself; whoever stops one by hand knows it.

Its kind is not declared with the others (`mail.kinds.declare`): no municipality words it or gets it.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.access import Role
from mail.kinds import Group, Kind, Placeholder, link
from mail.rendering import letter
from mail.services import post_letter
from tenants.rollout_records import Rollout, StopReason
from tenants.urls import own_address

STOPPED = Kind(
    "rollout_stopped",
    Group.EDITORS,
    gettext_lazy("Rollout stopped by itself"),
    gettext_lazy("operators of the platform"),
    gettext_lazy("when a rollout has stopped by itself"),
    gettext_lazy("Rollout {{ number }} has stopped"),
    gettext_lazy("Good day,\n\n{{ why }}\n\nIt does not go on by itself. See what it is, then go on:\n\n{{ link }}"),
    {
        "number": Placeholder(gettext_lazy("number of the rollout"), "12"),
        "why": Placeholder(gettext_lazy("why it stopped"), "Zu viele Kommunen sind fehlgeschlagen."),
        "link": link("betrieb/rollouts/12/", button=gettext_lazy("See the rollout")),
    },
)


def tell_stopped(rollout: Rollout) -> None:
    """Write to all operators, unless somebody asked for it."""
    if rollout.reason == StopReason.ASKED:
        return
    with translation.override(settings.LANGUAGE_CODE):
        why = rollout.remark or _("More municipalities of a wave failed than its limit allows.")
        values = {
            "number": str(rollout.pk),
            "why": why,
            "link": f"{own_address()}betrieb/rollouts/{rollout.pk}/",
        }
        worded = letter(STOPPED, str(STOPPED.subject), str(STOPPED.body), values)
    for user in User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]):
        post_letter(STOPPED.key, worded, to=user.email)
