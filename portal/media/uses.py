"""Who points at files. Each room with pointers registers how to ask it; this one knows none of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.media.models import LibraryImage


@dataclass(frozen=True, slots=True)
class Use:
    """A place that shows a file: what kind of thing it is, its name, where an editor works on it, what is said of the
    picture there."""

    media: int
    what: str | Promise
    title: str
    url: str
    alt_text: str = ""


Ask = Callable[[], Iterable[int]]
Tell = Callable[[Collection[int]], Iterable[Use]]
_USERS: dict[str, Ask] = {}
_IMAGES: list[tuple[type[LibraryImage], str]] = []
_TELLING: list[Tell] = []
# Files that something points at and nobody is shown: what a text said once, and what parts were cut from.
HISTORY, WHOLES, KEPT = " revisions", "media.mediafile", "media.kept"


def register(name: str, ask: Ask) -> None:
    """`ask` returns the ids of all MediaFile rows that something of this name points at, in one statement."""
    _USERS[name] = ask


def used(*, but: str = "") -> set[int]:
    """The ids of all files that anything points at, `but` what is registered under this name."""
    return {each for name, ask in _USERS.items() if name != but for each in ask()}


def register_places(tell: Tell) -> None:
    """`tell` names the places that show any of these files, in a fixed number of statements."""
    _TELLING.append(tell)


def places(ids: Collection[int]) -> list[Use]:
    """Where these files are shown."""
    return [each for tell in _TELLING for each in tell(ids)]


def shown_elsewhere() -> set[int]:
    """The ids of files that are shown by something else than a table of pictures (`image_models`)."""
    tables = {model._meta.label_lower for model, _owner in _IMAGES}
    hidden = {*tables, WHOLES, KEPT}
    asks = [ask for name, ask in _USERS.items() if name not in hidden and not name.endswith(HISTORY)]
    return {each for ask in asks for each in ask()}


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
