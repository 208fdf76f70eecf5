"""The host names of a municipality: wished for, looked up, verified, made the canonical one, given back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.name_service import Said, ask
from tenants.models import ClaimState, Domain, DomainClaim, Municipality
from tenants.public_names import public_host, skeleton
from tenants.refused import RefusedError
from tenants.registry import first_sentence, free_host, municipality_named
from tenants.running.context import inside, inside_public
from tenants.running.middleware import is_preview
from tenants.signals import renamed_host

# Of one municipality at once: an own name, one with www, and some to come.
MOST_WISHES = 10
# A wish nobody fulfils is forgotten.
WISHES_LAST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Host:
    """A name as its page shows it: one that answers, or one that is wished for."""

    name: str
    state: ClaimState
    is_primary: bool
    is_preview: bool
    claim: DomainClaim | None


def preview_host(slug: str) -> str:
    """Where a portal is seen while it is being set up."""
    return f"{slug}.{settings.PREVIEW_DOMAIN}"


def hosts_of(municipality_id: int) -> list[Host]:
    """All of a municipality: the canonical one first, the wished ones last. Asked on the operator's side."""
    claims = {claim.domain: claim for claim in DomainClaim.objects.filter(municipality=municipality_id)}
    known = [
        Host(
            each.domain,
            ClaimState.VERIFIED,
            each.is_primary,
            is_preview(each.domain),
            claims.pop(each.domain, None),
        )
        for each in Domain.objects.filter(tenant=municipality_id).order_by("-is_primary", "domain")
    ]
    return known + [Host(each.domain, ClaimState(each.state), False, False, each) for each in claims.values()]


def claim_of(slug: str, host: str) -> DomainClaim | None:
    """A wished name of a municipality. Asked on the operator's side."""
    return DomainClaim.objects.filter(municipality__slug=slug, domain=host).first()


def wish_for(slug: str, text: str, *, by: Any) -> DomainClaim:
    """Note that a municipality wants this name; asked twice it is one wish. Raises RefusedError with one sentence."""
    with inside_public(), transaction.atomic():
        municipality = Municipality.objects.select_for_update().get(pk=municipality_named(slug).pk)
        try:
            host = public_host(text)
        except ValidationError as error:
            raise RefusedError(first_sentence(error)) from error
        _refuse_taken(municipality, host)
        there = DomainClaim.objects.filter(municipality=municipality, domain=host).first()
        if there is not None:
            return there
        if DomainClaim.objects.filter(municipality=municipality).open().count() >= MOST_WISHES:
            raise RefusedError(
                _("There are %(number)d wished host names already. Give one of them back first.")
                % {"number": MOST_WISHES}
            )
        claim = DomainClaim.objects.create(municipality=municipality, domain=host, wished_by=_name(by))
        record("domain.wish", claim, by=_name(by), changes={"municipality": [None, slug]})
    return claim


def _name(by: Any) -> str:
    """Accounts are each municipality's own: in the platform's log stands their address."""
    return str(getattr(by, "email", "") or by)[:254]


def _refuse_taken(municipality: Municipality, host: str) -> None:
    taken = Domain.objects.filter(domain=host).first()
    if taken is not None and taken.tenant_id == municipality.pk:
        raise RefusedError(_("“%(host)s” is yours already.") % {"host": host})
    if taken is not None:
        raise RefusedError(_("“%(host)s” belongs to another municipality.") % {"host": host})
    if "xn--" not in host:
        return
    # Only a name with accents can be another one's look-alike: whoever owns muenster.de may not be met by münster.de.
    flat = skeleton(host)
    others = Domain.objects.exclude(tenant=municipality.pk).values_list("domain", flat=True)
    if any(skeleton(each) == flat for each in others.iterator()):
        raise RefusedError(_("“%(host)s” looks like the name of another municipality.") % {"host": host})


def judge(claim: DomainClaim, said: Said) -> ClaimState:
    """What the DNS proves. Pointing here alone proves nothing: names are pointed at a platform by mistake, too."""
    if said.ring:
        return ClaimState.RING
    by_name = settings.DOMAIN_TARGET in said.chain
    if said.silent and not by_name:
        return ClaimState.SILENT
    by_number = bool(said.addresses) and set(said.addresses) <= settings.DOMAIN_ADDRESSES
    if not by_name and not by_number:
        return ClaimState.ELSEWHERE
    if not any(text.strip().strip('"') == claim.record_text for text in said.texts):
        return ClaimState.UNVERIFIED
    return ClaimState.VERIFIED


def look_at(claim_id: int) -> ClaimState | None:
    """Ask the DNS for a wished name and note what it says; a proved one answers from now on. None: it is gone.

    Asks without a transaction (that may take seconds) and notes in a short one. A verified name is left alone: a DNS
    that is silent for an hour must not take a portal off.
    """
    with inside_public():
        claim = DomainClaim.objects.filter(pk=claim_id).first()
    if claim is None or claim.is_verified:
        return ClaimState(claim.state) if claim else None
    said = ask(claim.domain, texts_at=claim.record_name, servers=settings.DNS_SERVERS)
    state = judge(claim, said)
    with inside_public():
        try:
            with transaction.atomic():
                return _note(claim_id, said, state)
        except IntegrityError:
            # Somebody else proved the same name a moment ago: it belongs to them.
            DomainClaim.objects.filter(pk=claim_id).update(state=ClaimState.ELSEWHERE, checked_at=timezone.now())
            return ClaimState.ELSEWHERE


def _note(claim_id: int, said: Said, state: ClaimState) -> ClaimState | None:
    claim = DomainClaim.objects.select_for_update().filter(pk=claim_id).first()
    if claim is None or claim.is_verified:
        return ClaimState(claim.state) if claim else None
    before, now = claim.state, timezone.now()
    claim.state, claim.checked_at = state, now
    claim.found = {"chain": said.chain, "addresses": said.addresses, "texts": said.texts}
    if state is ClaimState.VERIFIED:
        claim.verified_at = now
        Domain.objects.create(domain=claim.domain, tenant=claim.municipality, is_primary=False)
    claim.save(update_fields=["state", "checked_at", "found", "verified_at"])
    if before != state:
        record("domain.state", claim, by="check_domain", changes={"state": [before, state.value]})
    return state


def vouch(slug: str, host: str, *, by: Any) -> None:
    """Let a name answer because the operator says so: one whose DNS we cannot see, or that looks like another's."""
    municipality = municipality_named(slug)
    with inside_public(), transaction.atomic():
        host = free_host(host)
        Domain.objects.create(domain=host, tenant=municipality, is_primary=False)
        DomainClaim.objects.filter(municipality=municipality.pk, domain=host).delete()
        record("domain.vouch", municipality, by=_name(by), changes={"domain": ["", host]})


def make_primary(slug: str, host: str, *, by: Any) -> None:
    """Let this name be the canonical one; the others lead to it from now on. Raises RefusedError."""
    municipality = municipality_named(slug)
    with inside_public(), transaction.atomic():
        rows = {
            each.domain: each
            for each in Domain.objects.select_for_update().order_by("pk").filter(tenant=municipality.pk)
        }
        wanted = rows.get(host)
        if wanted is None:
            raise RefusedError(_("“%(host)s” is not verified yet.") % {"host": host[:100]})
        if wanted.is_primary:
            return
        before = next((each.domain for each in rows.values() if each.is_primary), "")
        Domain.objects.filter(tenant=municipality.pk, is_primary=True).update(is_primary=False)
        Domain.objects.filter(pk=wanted.pk).update(is_primary=True)
        record("domain.primary", municipality, by=_name(by), changes={"domain": [before, host]})
        with inside(municipality):
            renamed_host.send(sender=Municipality, municipality=municipality)


def give_back(slug: str, host: str, *, by: Any) -> None:
    """Let a name go, wished for or verified. The canonical one stays until another takes its place."""
    municipality = municipality_named(slug)
    with inside_public(), transaction.atomic():
        row = Domain.objects.select_for_update().filter(tenant=municipality.pk, domain=host).first()
        if row is not None and (row.is_primary or is_preview(host)):
            raise RefusedError(
                _("“%(host)s” is needed: it is the canonical name, or that of the preview.") % {"host": host}
            )
        claims, _rows = DomainClaim.objects.filter(municipality=municipality.pk, domain=host).delete()
        if row is not None:
            row.delete()
        if row is None and not claims:
            raise RefusedError(_("There is no host name “%(host)s”.") % {"host": host[:100]})
        record("domain.give_back", municipality, by=_name(by), changes={"domain": [host, ""]})


def forget_old_wishes() -> int:
    """Those nobody fulfilled in two months; returns how many went."""
    with inside_public():
        gone, _rows = DomainClaim.objects.filter(wished_at__lt=timezone.now() - WISHES_LAST).open().delete()
    return gone
