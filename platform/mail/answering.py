"""Where answers to the portal's mails go. The room that keeps a municipality's rules (portal.preferences) says it."""

from collections.abc import Callable

from tenants.running.context import PUBLIC, current_schema

_source: list[Callable[[], str]] = []


def said_by(source: Callable[[], str]) -> None:
    """Let `source()` say the address of the municipality we are inside. Called once, when the room's app is ready."""
    _source[:] = [source]


def usual_reply_to() -> str:
    """The address for answers to a mail that names none; empty where nobody wants them, and on the operator's side."""
    return _source[0]() if _source and current_schema() != PUBLIC else ""
