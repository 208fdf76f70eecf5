"""Why an outline cannot be used."""


class OutlineError(ValueError):
    """A text that holds no usable polygon; the message is for the person who gave it."""
