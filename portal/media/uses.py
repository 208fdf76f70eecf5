"""Who points at files. Each room with pointers registers how to ask it; this one knows none of them."""

from collections.abc import Callable, Iterable

from portal.media.models import LibraryImage

Ask = Callable[[], Iterable[int]]
_USERS: dict[str, Ask] = {}
_IMAGES: list[tuple[type[LibraryImage], str]] = []


def register(name: str, ask: Ask) -> None:
    """`ask` returns the ids of all MediaFile rows that something of this name points at, in one statement."""
    _USERS[name] = ask


def used() -> set[int]:
    """The ids of all files that anything points at."""
    return {each for ask in _USERS.values() for each in ask()}


def register_images(model: type[LibraryImage], owner: str) -> None:
    """A table of pictures; `owner` is the column (or path) with the id of the provider they belong to."""
    _IMAGES.append((model, owner))
    register(
        model._meta.label_lower,
        lambda: set(model._default_manager.filter(media__isnull=False).values_list("media_id", flat=True)),
    )


def image_models() -> list[tuple[type[LibraryImage], str]]:
    """The tables of pictures, and where their owners stand."""
    return _IMAGES
