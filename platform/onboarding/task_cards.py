"""What operators and administrators do here, and what is said above the desk while a portal is being set up."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Permission, Role, roles_with
from core.announcing import Announcement, announce
from core.middleware import roles_of
from core.task_cards import Group, TaskCard, register
from onboarding.models import Application
from onboarding.way import way_of
from tenants.models import State
from tenants.running.context import inside_public

register(
    TaskCard(
        "/betrieb/antraege/",
        gettext_lazy("Applications"),
        gettext_lazy("Municipalities that want a portal, and how far those are that are being set up."),
        "flag",
        frozenset({Role.OPERATOR}),
        order=12,
        landing=True,
        waits=lambda: [Application.objects.to_decide()],
    ),
    TaskCard(
        "/redaktion/adressen/",
        gettext_lazy("Addresses of the portal"),
        gettext_lazy("Connect host names of your own, and see which DNS records they need."),
        "web",
        roles_with(Permission.CONTRACT),
        Group.RULES,
        order=80,
        words="Domain, DNS, CNAME, Internetadresse, Zertifikat, TLS, https, Weiterleitung, www",
    ),
    TaskCard(
        "/redaktion/vertrag/",
        gettext_lazy("Contract"),
        gettext_lazy("Data-processing agreement and technical measures: read, accept, take along as PDF."),
        "law",
        roles_with(Permission.CONTRACT),
        Group.RULES,
        order=82,
        words="AVV, Auftragsverarbeitung, DSGVO, TOM, Maßnahmen, Vertrag, Papiere, Fassung",
    ),
)
_TOLD = {Role.EDITOR, Role.ADMIN}


def told(request: Any) -> Announcement | None:
    """How far the portal is, while it is being set up; elsewhere nothing is asked."""
    site = getattr(request, "municipality", None)
    if site is None or site.state != State.DRAFT or not _TOLD & roles_of(request):
        return None
    with inside_public():
        found = Application.objects.filter(municipality=site.id).first()
        way = way_of(found) if found else None
    if way is None:
        return None
    return Announcement(
        title=_("The way to the start: %(done)d of %(all)d") % {"done": way.done, "all": len(way.steps)},
        text=way.headline,
        url="/redaktion/einrichtung/",
        label=_("See all steps"),
    )


announce(told)
