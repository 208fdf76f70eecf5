"""What services of this room say no with; the sentence is for the person who tried."""


class NotPossibleError(Exception):
    """There is no such way; nothing was changed."""


class LastAdministratorError(NotPossibleError):
    """An organisation would be left without anybody who can let others in."""
