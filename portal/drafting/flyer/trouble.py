"""Why nothing can be read."""


class TroubleError(Exception):
    """The word is known to `portal.drafting.wording`, which has a sentence for it."""
