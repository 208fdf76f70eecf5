"""The link that ends a report's mails: the number of its reader, signed for this purpose and this municipality."""

from django.core import signing

from tenants.running.context import current_schema


def _salt() -> str:
    return f"portal.planning.report.stop.{current_schema()}"


def stop_token(reader: int) -> str:
    """For the link in a mail."""
    return signing.dumps(reader, salt=_salt())


def reader_of(token: str) -> int | None:
    """Whose mails a link ends; None for a forged one."""
    try:
        found = signing.loads(token, salt=_salt())
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
