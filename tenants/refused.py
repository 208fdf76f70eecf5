"""The one way services of municipalities say no."""


class RefusedError(Exception):
    """The wish cannot be granted; the message is one sentence for the operator. Nothing was changed."""
