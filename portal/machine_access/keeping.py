"""Once is once: an answer is kept under its key for a day, in the transaction of what it tells of.

While a request is under way a lock of its key is held to the end of its transaction: killed in the middle, neither its
work nor its key is there. The same key with another request is refused, for one of the two would be lost.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.interfaces.answering import RefusedError
from portal.machine_access.models import LONGEST_KEY, KeptAnswer
from portal.tokens.models import Token
from tenants.running.context import current_schema

HEADER = "HTTP_IDEMPOTENCY_KEY"
KEPT_FOR = timedelta(hours=24)


def key_of(request: Any) -> str:
    """The key that was sent; empty where none was."""
    key: str = request.META.get(HEADER, "")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        detail = _("An “Idempotency-Key” has at most %(most)d signs, all of them ASCII.")
        raise RefusedError(400, detail % {"most": LONGEST_KEY})
    return key


def digest_of(request: Any, content: bytes) -> str:
    """What tells one request from another."""
    return hashlib.sha256(b"\0".join([request.method.encode(), request.path.encode(), content])).hexdigest()


def lock(*about: object) -> bool:
    """Hold something until the transaction ends; False where somebody else holds it."""
    name = "\0".join(map(str, ("machine_access", current_schema(), *about)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name.replace("\0", "\x1f")])
        held: bool = cursor.fetchone()[0]
    return held


def earlier(token: Token, key: str, digest: str) -> HttpResponse | None:
    """What was answered under this key; None where it is new. RefusedError where it was another request, or where that
    is still under way. Inside the transaction of the work."""
    if not lock("key", token.pk, key):
        raise under_way()
    found = KeptAnswer.objects.filter(token=token, key=key).first()
    if found is None:
        return None
    if found.at < timezone.now() - KEPT_FOR:
        found.delete()
        return None
    if found.digest != digest:
        raise RefusedError(409, _("This “Idempotency-Key” was used for another request. Take a new one."))
    answer = HttpResponse(found.body, status=found.status, content_type=found.kind)
    answer["Idempotency-Replayed"] = "true"
    answer["Cache-Control"] = "no-store"
    return answer


class UnderWayError(RefusedError):
    """The same is being done at this moment. Kept under no key: asked again, the answer is another one."""

    def answer(self) -> HttpResponse:
        """With the seconds after which to ask again."""
        answer = super().answer()
        answer["Retry-After"] = "1"
        return answer


def under_way() -> UnderWayError:
    """The refusal in words."""
    return UnderWayError(409, _("This request is still under way. Ask again in a moment."))


def keep(token: Token, key: str, digest: str, answer: HttpResponse) -> None:
    """Remember an answer, whatever it says."""
    KeptAnswer.objects.create(
        token=token,
        key=key,
        digest=digest,
        status=answer.status_code,
        kind=answer["Content-Type"],
        body=answer.content.decode(),
    )


def forget_old() -> int:
    """What nobody may ask for any more; the nightly job."""
    old = KeptAnswer.objects.filter(at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0] if old.exists() else 0
