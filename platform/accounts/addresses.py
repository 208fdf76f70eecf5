"""Which addresses belong to whom: allauth's rows, which say whether an address is proved to be somebody's own.

Who signs in must have a proved address. It is proved by a link in a mail, or by somebody who vouches for it: the
municipality that makes an account, the portal that was taken over.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.lazy import lazy

if TYPE_CHECKING:
    from allauth.account import models as allauth
else:
    allauth = lazy("allauth.account.models")


def vouch_for(users: Iterable[Any]) -> None:
    """Take the saved addresses of these users as theirs; other addresses of theirs are forgotten."""
    addresses = {user.pk: user.email for user in users}
    rows = allauth.EmailAddress.objects.filter(user__in=addresses)
    kept = {row.user_id for row in rows.filter(verified=True, primary=True) if row.email == addresses[row.user_id]}
    rows.exclude(user__in=kept).delete()
    allauth.EmailAddress.objects.bulk_create(
        (
            allauth.EmailAddress(user_id=pk, email=email, verified=True, primary=True)
            for pk, email in addresses.items()
            if pk not in kept
        ),
        batch_size=500,
    )
