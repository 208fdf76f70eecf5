"""What the card of an offer says, in the words of the page; `{% offer_card %}` draws it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """A small mark on a card. `kind` is success, info, warning, danger, accent or nothing."""

    label: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """The words of one card; what is empty is left out. With an `id` (of the offer) there is a heart to bookmark it."""

    title: str
    url: str
    id: int = 0
    category: str = ""
    # Of the category: the name of its icon and the class of its colour.
    icon: str = ""
    color: str = ""
    image_url: str = ""
    # The same picture at half the width, for lists.
    image_small: str = ""
    text: str = ""
    when: str = ""
    place: str = ""
    audience: str = ""
    price: str = ""
    provider: str = ""
    badges: tuple[Badge, ...] = ()
    # Where words stand that were searched for: first and last place of each.
    title_marks: tuple[tuple[int, int], ...] = ()
    text_marks: tuple[tuple[int, int], ...] = ()
