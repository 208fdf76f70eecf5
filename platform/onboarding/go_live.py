"""What this room wants done before a portal that is being set up goes live: the contract, and an address of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.go_live import Check, Found, register
from onboarding import papers
from onboarding.models import Application
from onboarding.way import own_names
from tenants.lifecycle.domains import hosts_of
from tenants.models import Municipality
from tenants.running.context import current_schema, inside_public


def _set_up_here() -> Municipality | None:
    """The municipality we are inside, where it came by an application: others made their contract elsewhere."""
    slug = current_schema()
    with inside_public():
        found = Application.objects.filter(municipality__slug=slug).select_related("municipality").first()
    return found.municipality if found else None


def _contract() -> Found | None:
    municipality = _set_up_here()
    if municipality is None:
        return None
    missing = papers.open_for(municipality.pk)
    if missing:
        names = ", ".join(str(each.get_kind_display()) for each in missing)
        return Found(False, _("Not accepted yet: %(names)s.") % {"names": names})
    return Found(True, _("Everything is accepted in its present version."))


def _address() -> Found | None:
    municipality = _set_up_here()
    if municipality is None:
        return None
    with inside_public():
        own = own_names(hosts_of(municipality.pk))
    verified = [host.name for host in own if host.state == "verified"]
    if verified:
        return Found(True, _("The portal answers at %(host)s.") % {"host": verified[0]})
    if own:
        return Found(False, f"{own[0].name}: {own[0].state.label}.")
    return Found(False, _("The portal is only at its preview's address yet."))


register(
    Check(
        "vertrag",
        5,
        gettext_lazy("Contract"),
        gettext_lazy("Without a data-processing agreement nobody may keep people's data for you."),
        "/redaktion/vertrag/",
        _contract,
        verb=gettext_lazy("Read and accept"),
    ),
    Check(
        "adresse",
        115,
        gettext_lazy("Own address"),
        gettext_lazy("Residents know your name, not ours."),
        "/redaktion/adressen/",
        _address,
        verb=gettext_lazy("Connect"),
    ),
)
