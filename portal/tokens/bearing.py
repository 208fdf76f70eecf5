"""Who asks, where somebody shows a token (`Authorization: Bearer …`, RFC 6750)."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from portal.tokens.keys import digest_of, is_one
from portal.tokens.models import Scope, Token

HEADER = "HTTP_AUTHORIZATION"
# The last use is written down as often as this.
_OFTEN = timedelta(minutes=1)
_SCHEME = "bearer"


class TokenError(Exception):
    """What was shown opens nothing: another municipality's, expired, revoked, or none at all. Which of these it is, is
    not said."""


class ScopeError(Exception):
    """It opens something else."""


def token_of(request: HttpRequest) -> Token | None:
    """The token that was shown; None where none was. TokenError for one that opens nothing. Asked once a request."""
    if HEADER not in request.META:
        return None
    known: Token | None = getattr(request, "shown_token", None)
    if known is None:
        known = _found(request.META[HEADER])
        _note_use(known)
        request.shown_token = known  # type: ignore[attr-defined]  # ours, for this request
    return known


def _found(header: str) -> Token:
    scheme, _gap, secret = header.strip().partition(" ")
    secret = secret.strip()
    if scheme.lower() != _SCHEME or not is_one(secret):
        raise TokenError
    found = Token.objects.valid().filter(digest=digest_of(secret)).first()
    if found is None:
        raise TokenError
    return found


def _note_use(token: Token) -> None:
    now = timezone.now()
    if token.last_used_at is not None and now - token.last_used_at < _OFTEN:
        return
    # Of several at once one writes.
    unused = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - _OFTEN)
    Token.objects.filter(unused, pk=token.pk).update(last_used_at=now)


def writer_of(request: HttpRequest) -> Token:
    """The token of a request that wants to write. TokenError without a valid one, ScopeError where it only reads."""
    token = token_of(request)
    if token is None:
        raise TokenError
    if token.scope != Scope.WRITE:
        raise ScopeError
    return token
