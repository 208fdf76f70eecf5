"""What led to an error."""

from collections.abc import Iterator


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error itself, what it was raised from or during, and so on, as Python tells it (`from None` ends it); each
    once, for such a chain may be a ring: what is raised again from what it had caused."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
