"""What the pages of both sides share: the table of host names with what to do, and the PDF of a paper."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onboarding import tasks
from onboarding.forms import HostForm
from onboarding.models import Acceptance
from tenants.lifecycle import domains
from tenants.models import ClaimState
from tenants.public_names import shown
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.urls import address_of, own_host

_TONES = {ClaimState.VERIFIED: "ok", ClaimState.UNVERIFIED: "new"}


def pdf_of(acceptance: Acceptance) -> HttpResponse:
    """The kept file; 404 until it is made."""
    if acceptance.pdf is None:
        raise Http404
    answer = HttpResponse(bytes(acceptance.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{acceptance.file_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def moved(request: HttpRequest, heading: str) -> HttpResponse:
    """Shown at the old address instead of leading to the new one: browsers let no form lead to another host."""
    host = own_host()
    context = {"heading_text": heading, "host": shown(host), "url": address_of(host)}
    return render(request, "onboarding/moved.html", context)


def hosts_context(municipality_id: int, form: HostForm | None) -> dict[str, Any]:
    """All host names with what the DNS should say and what it says. Asked on the operator's side."""
    hosts = domains.hosts_of(municipality_id)
    return {
        "hosts": [_row(each) for each in hosts],
        "form": form or HostForm(),
        "target": settings.DOMAIN_TARGET,
        "addresses": sorted(settings.DOMAIN_ADDRESSES),
        "kinds": _("CNAME, or A and AAAA") if settings.DOMAIN_ADDRESSES else "CNAME",
    }


def _row(host: domains.Host) -> dict[str, Any]:
    claim = host.claim
    found = claim.found if claim else {}
    return {
        "it": host,
        "shown": shown(host.name),
        "url": address_of(host.name),
        "tone": _TONES.get(host.state, "bad"),
        "claim": claim,
        "leads_to": ", ".join([*found.get("chain", []), *found.get("addresses", [])]),
        "texts": ", ".join(found.get("texts", [])),
        "is_open": claim is not None and not claim.is_verified,
    }


def change_host(request: HttpRequest, slug: str) -> HostForm | None:
    """Do what the pressed button says; the form where its name was refused."""
    by = request.user
    host = request.POST.get("name", "")[:253]
    deed = request.POST.get("tun", "")
    if deed == "wunsch":
        return _wish(request, slug, by)
    try:
        if deed == "pruefen":
            _have_checked(request, slug, host)
        elif deed == "haupt":
            domains.make_primary(slug, host, by=by)
            messages.success(request, _("%(host)s is the canonical address now.") % {"host": host})
        elif deed == "zurueck":
            domains.give_back(slug, host, by=by)
            messages.success(request, _("%(host)s is given back.") % {"host": host})
    except RefusedError as error:
        messages.error(request, str(error))
    return None


def _wish(request: HttpRequest, slug: str, by: Any) -> HostForm | None:
    form = HostForm(request.POST)
    if not form.is_valid():
        return form
    try:
        claim = domains.wish_for(slug, form.cleaned_data["host"], by=by)
    except RefusedError as error:
        form.add_error("host", str(error))
        return form
    with inside_public():
        tasks.check_domain.defer_once(about=claim.pk, claim=claim.pk)
    messages.success(request, _("Noted. Set the DNS records below; we look every ten minutes."))
    return None


def _have_checked(request: HttpRequest, slug: str, host: str) -> None:
    with inside_public():
        claim = domains.claim_of(slug, host)
        if claim is None:
            raise RefusedError(_("There is no host name “%(host)s”.") % {"host": host[:100]})
        tasks.check_domain.defer_once(about=claim.pk, claim=claim.pk)
    messages.success(request, _("A job looks now; reload this page in a moment."))
