"""What can go wrong outside."""

from enum import StrEnum


class Reason(StrEnum):
    """Why there is no answer."""

    REFUSED = "refused"
    UNKNOWN_HOST = "unknown host"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TOO_LARGE = "too large"
    WRONG_KIND = "wrong kind"


class OutgoingError(Exception):
    """There is no answer that could be used. The detail is for logs and operators, never for visitors."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}"[:300])
        self.reason = reason
