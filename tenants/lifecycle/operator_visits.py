"""How operators look at a suspended municipality: by a link that is good for minutes and one host.

Accounts and sessions are each municipality's own, so being signed in on the operator's side is worth nothing there. The
link carries a signed key for exactly one municipality; its host exchanges it for a cookie of an hour, which opens the
pages as any visitor sees them and gives no right beyond that.
"""

from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _

from audit.services import record
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public
from tenants.urls import address_of

PARAMETER = "ansehen"
COOKIE = "ansehen"
KEY_SECONDS = 10 * 60
PASS_SECONDS = 60 * 60
_key = TimestampSigner(salt="tenants.lifecycle.operator_visits.key")
_pass = TimestampSigner(salt="tenants.lifecycle.operator_visits.pass")


def link_to(slug: str, *, by: Any) -> str:
    """The address an operator opens within ten minutes. Raises RefusedError where nothing is suspended."""
    municipality = municipality_named(slug)
    if not municipality.is_suspended:
        raise RefusedError(_("%(name)s is not suspended.") % {"name": municipality.name})
    with inside_public():
        host = municipality.domains.order_by("-is_primary", "domain").values_list("domain", flat=True).first()
        record("look", municipality, by=by)
    return f"{address_of(str(host))}?{PARAMETER}={_key.sign(municipality.schema_name)}"


def exchange(key: str, schema_name: str) -> str:
    """The cookie for a key of the link, or nothing when it is too old or of another municipality."""
    return _pass.sign(schema_name) if _says(_key, key, schema_name, KEY_SECONDS) else ""


def may_look(cookie: str, schema_name: str) -> bool:
    """Whether this cookie opens this municipality."""
    return bool(cookie) and _says(_pass, cookie, schema_name, PASS_SECONDS)


def _says(signer: TimestampSigner, text: str, schema_name: str, seconds: int) -> bool:
    try:
        return signer.unsign(text, max_age=seconds) == schema_name
    except BadSignature:
        return False
