"""How old something signed is, by this machine's clock: for hidden fields that say when a form was shown.

Another machine may have shown it whose clock goes ahead of ours; then it comes from the future. Its signature says that
it is ours all the same, and nobody can be called too quick by a clock that is wrong.
"""

import time
from datetime import timedelta

from django.core.signing import TimestampSigner, b62_decode

# What clocks that are kept by NTP may differ by.
_APART = 2.0


def is_too_quick(signer: TimestampSigner, token: str, quickest: timedelta) -> bool:
    """Whether it was signed less than so long ago. Raises BadSignature for what this signer did not sign."""
    signer.unsign(token)
    age = time.time() - b62_decode(token.rsplit(signer.sep, 2)[1])
    return -_APART <= age <= quickest.total_seconds()
