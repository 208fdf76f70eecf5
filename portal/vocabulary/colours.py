"""How a colour that editors choose will look: said before it is saved."""

from dataclasses import dataclass

from theming.tokens import HEX, TEXT, contrast, readable_pair


@dataclass(frozen=True, slots=True)
class Proof:
    """The colour as chosen, and the pair the pages make of it."""

    colour: str
    ground: str
    ink: str
    ratio: float
    # Whether the colour itself could be read on white; if not, the pages darken it.
    as_it_is: bool


def proof(colour: str) -> Proof | None:
    """None for what is no colour."""
    if not HEX.match(colour):
        return None
    pair = readable_pair(colour)
    ratio = contrast(pair.strong, pair.background)
    return Proof(colour, pair.background, pair.strong, round(ratio, 1), contrast(colour, "#ffffff") >= TEXT)
