"""The one way services of municipalities say no."""


class RefusedError(Exception):
    """The wish cannot be granted; the message is one sentence for the operator. Nothing was changed."""


class StillWorkingError(RefusedError):
    """Somebody works on it just now; a moment later it may be possible."""
