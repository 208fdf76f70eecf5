"""Giving tokens and taking them back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.providers.models import Provider
from portal.tokens.keys import SHOWN, digest_of, new_secret
from portal.tokens.models import Token


@transaction.atomic
def give(token: Token, providers: Iterable[Provider | int], *, by: Any) -> str:
    """Keep a new token for these organisations or their numbers; returns its secret, which nobody can be told again."""
    secret = new_secret()
    token.beginning, token.digest, token.created_by = secret[:SHOWN], digest_of(secret), by
    token.save()
    token.providers.set(providers if token.writes and not token.for_all else ())
    names = list(token.providers.order_by("name_key").values_list("name", flat=True))
    changes: dict[str, Any] = {
        "scope": ["", token.scope],
        "expires_on": ["", str(token.expires_on or "")],
        "beginning": token.beginning,
    }
    if token.writes:
        changes["providers"] = [[], ["*"] if token.for_all else names]
    record("token.given", token, by=by, changes=changes)
    return secret


@transaction.atomic
def revoke(token: Token, *, by: Any) -> bool:
    """Let it open nothing any more. False where that was done already."""
    if not Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        return False
    record("token.revoked", token, by=by, changes={"beginning": token.beginning})
    return True
