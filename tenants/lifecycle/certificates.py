"""Looking at the certificates host names are served with, so that one that is not renewed is noticed before browsers
do."""

import socket
import ssl
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.lazy import lazy
from tenants.models import Domain, HostCertificate
from tenants.running.context import inside_public

if TYPE_CHECKING:
    from cryptography import x509
else:
    x509 = lazy("cryptography.x509")

SECONDS = 10


def are_watched() -> bool:
    """The demo speaks plain HTTP."""
    return bool(settings.TLS_PROBE) or settings.HTTPS


def _address(host: str) -> tuple[str, int]:
    """Where to ask: at the name itself, or at our own proxy where the operator says so."""
    address, _colon, port = settings.TLS_PROBE.rpartition(":")
    return (address, int(port)) if address else (host, 443)


def look_at(domain_id: int) -> HostCertificate | None:
    """Greet the host name by TLS and note what it shows. None: the name is gone."""
    with inside_public():
        domain = Domain.objects.filter(pk=domain_id).first()
    if domain is None:
        return None
    not_after, issuer, trouble = _seen(domain.domain)
    with inside_public():
        if not Domain.objects.filter(pk=domain_id).exists():
            return None
        row, _new = HostCertificate.objects.update_or_create(
            domain_id=domain_id,
            defaults={"not_after": not_after, "issuer": issuer[:300], "trouble": trouble, "seen_at": timezone.now()},
        )
    return row


def _seen(host: str) -> tuple[datetime | None, str, str]:
    """Until when, by whom, and what is wrong."""
    context = ssl.create_default_context(cafile=settings.TLS_PROBE_CA or None)
    try:
        certificate = _shown(host, context)
    except ssl.SSLCertVerificationError as error:
        # Browsers refuse it; until when it was good is worth knowing all the same.
        return *_unchecked(host), _("Browsers refuse it: %(why)s.") % {"why": error.verify_message[:200]}
    except (OSError, ValueError) as error:
        return None, "", _("There is none: %(why)s.") % {"why": str(error)[:200]}
    return certificate.not_valid_after_utc, certificate.issuer.rfc4514_string(), ""


def _unchecked(host: str) -> tuple[datetime | None, str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        certificate = _shown(host, context)
    except (OSError, ValueError):
        return None, ""
    return certificate.not_valid_after_utc, certificate.issuer.rfc4514_string()


def _shown(host: str, context: ssl.SSLContext) -> "x509.Certificate":
    with (
        socket.create_connection(_address(host), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secret,
    ):
        shown = secret.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(shown or b"")
