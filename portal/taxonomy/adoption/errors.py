"""Why something is not done."""


class RefusedError(Exception):
    """A whole sentence for the person who asked for it; nothing was changed."""
