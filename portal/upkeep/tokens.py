"""The links in mails: the number of a letter or an account, signed for one purpose and one municipality.

Whoever has the link may do what it is for, and nothing else; nothing in the database is worth anything without the
server's own secret. That a link has run out is told by its letter, so that its owner can ask for a new one.
"""

from django.core import signing

from portal.upkeep.models import Digest, Letter
from tenants.running.context import current_schema


def _salt(purpose: str) -> str:
    return f"portal.upkeep.{purpose}.{current_schema()}"


def check_token(letter: Letter) -> str:
    """For the link of a reminder."""
    return signing.dumps(letter.pk, salt=_salt("check"))


def letter_of(token: str) -> Letter | None:
    """The letter a link stands in, also when it has run out; None for a forged link, or one that is long forgotten."""
    number = _number(token, "check")
    return None if number is None else Letter.objects.select_related("user").filter(pk=number).first()


def digest_token(user_id: int) -> str:
    """For the link that ends the summary."""
    return signing.dumps(user_id, salt=_salt("digest"))


def digest_user(token: str) -> int | None:
    """Whose summary a link ends; None for a forged one."""
    return _number(token, "digest")


def digest_of(token: str) -> Digest | None:
    """That summary, as long as it is wanted."""
    number = _number(token, "digest")
    return None if number is None else Digest.objects.filter(pk=number).first()


def _number(token: str, purpose: str) -> int | None:
    try:
        found = signing.loads(token, salt=_salt(purpose))
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
