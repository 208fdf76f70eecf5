"""Links in mails that are the keys of people without an account: signed for one purpose and one municipality
(django.core.signing), shared by the rooms that write to residents.

Whoever has the link may do what it is for, and nothing else; nothing in the database is worth anything without the
server's own secret. Deleting the row a key names makes its links worthless.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from tenants.running.context import current_schema


def _salt(room: str, purpose: str) -> str:
    return f"portal.{room}.{purpose}.{current_schema()}"


def signed(key: UUID, *, room: str, purpose: str) -> str:
    """What stands in the link."""
    return signing.dumps(key.hex, salt=_salt(room, purpose))


def key_of(token: str, *, room: str, purpose: str, max_age: timedelta | None = None) -> str | None:
    """The key a link names; None for one that is forged, too old or for something else."""
    try:
        return str(signing.loads(token, salt=_salt(room, purpose), max_age=max_age))
    except signing.BadSignature:
        return None


def one_click(address: str) -> dict[str, str]:
    """The header lines by which mail programs end a subscription with one press (RFC 2369, RFC 8058): they send a
    POST to this address, without cookies and without having opened it."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
