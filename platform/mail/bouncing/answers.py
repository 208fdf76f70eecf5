"""Mail in the mailbox that is no notice: rooms above may take what is theirs, such as answers to their mails."""

from collections.abc import Callable
from email.message import EmailMessage

Reader = Callable[[EmailMessage], bool]
_readers: list[Reader] = []


def read_by(reader: Reader) -> None:
    """Let `reader(message)` say whether a mail was for its room and is done with. Called once, when the app is ready.
    It must bear being shown the same mail twice."""
    _readers.append(reader)


def offered(message: EmailMessage) -> bool:
    """Whether somebody took it."""
    return any(reader(message) for reader in _readers)
