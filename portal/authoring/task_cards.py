"""What this room puts on the landing page of a provider's people."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core import landing
from core.access import Role
from core.lazy import lazy
from core.task_cards import TaskCard, register

if TYPE_CHECKING:
    from portal.authoring.own import landing as own
else:
    # It reads texts and pictures: nothing that a command should load.
    own = lazy("portal.authoring.own.landing")


def _part(request: Any) -> landing.Part:
    return own.landing_part(request)


landing.register({Role.PROVIDER}, _part)

register(
    TaskCard(
        "/konto/angebote/",
        _("Your offers"),
        _("Enter offers, change them, and see where each stands."),
        "calendar",
        frozenset({Role.PROVIDER}),
        order=10,
        landing=True,
    )
)
