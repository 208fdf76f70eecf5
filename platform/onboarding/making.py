"""Making the portal of an accepted application, and opening it to everybody."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from onboarding import looking
from onboarding.models import Application, ApplicationState
from tenants.lifecycle.domains import preview_host
from tenants.lifecycle.making import create_municipality
from tenants.lifecycle.states import resume_municipality
from tenants.models import Domain, Municipality, State
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public


def make(number: int) -> None:
    """Make the portal: on its preview host, seen by its first editor alone, who gets the invitation with it.

    Killed between the portal and our own note of it, the next start finds the portal by its preview host.
    """
    with inside_public():
        found = Application.objects.filter(pk=number, state=ApplicationState.ACCEPTED).first()
    if found is None:
        return
    host = preview_host(found.slug)
    with inside_public():
        there = Municipality.objects.filter(slug=found.slug, domains__domain=host, application=None).first()
    try:
        municipality = there or create_municipality(
            found.slug, name=found.name, host=host, template=found.template, editor=found.email, state=State.DRAFT
        )
    except RefusedError as error:
        with inside_public():
            Application.objects.filter(pk=number, state=ApplicationState.ACCEPTED).update(
                state=ApplicationState.FAILED, error=str(error)[:500]
            )
        return
    with inside_public(), transaction.atomic():
        Application.objects.filter(pk=number).update(
            state=ApplicationState.MADE, municipality=municipality, made_at=timezone.now(), error=""
        )
        found.refresh_from_db()
        record("onboarding.made", found, by="onboarding.make", changes={"host": [None, host]})


def missing(slug: str) -> list[str]:
    """What is needed before everybody may see the portal and is not there, as its names; looks inside it."""
    municipality = municipality_named(slug)
    return [
        str(result.check.label) for result in looking.look_in(municipality) if not result.done and result.check.must
    ]


def go_live(slug: str, *, by: Any) -> Municipality:
    """Open the portal to everybody at its own address. Raises RefusedError while something needed is missing."""
    municipality = municipality_named(slug)
    if municipality.state != State.DRAFT:
        raise RefusedError(_("%(name)s is not being set up.") % {"name": municipality.name})
    names = missing(slug)
    if names:
        said = ngettext("One thing is missing: %(names)s.", "%(number)d things are missing: %(names)s.", len(names))
        raise RefusedError(said % {"number": len(names), "names": ", ".join(names)})
    with inside_public(), transaction.atomic():
        _own_name_first(municipality)
        municipality = resume_municipality(slug, by=str(getattr(by, "email", "") or by))
        now = timezone.now()
        Application.objects.filter(municipality=municipality).update(state=ApplicationState.LIVE, live_at=now, error="")
        record("onboarding.live", municipality, by=str(getattr(by, "email", "") or by))
    looking.note(municipality)
    return municipality


def _own_name_first(municipality: Municipality) -> None:
    """A portal that still has its preview's name as the canonical one takes the first name of its own."""
    preview = preview_host(municipality.slug)
    rows = list(Domain.objects.select_for_update().filter(tenant=municipality.pk).order_by("pk"))
    if not any(each.is_primary and each.domain == preview for each in rows):
        return
    own = next((each for each in rows if each.domain != preview), None)
    if own is not None:
        Domain.objects.filter(tenant=municipality.pk, is_primary=True).update(is_primary=False)
        Domain.objects.filter(pk=own.pk).update(is_primary=True)
