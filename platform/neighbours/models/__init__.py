"""Two things: what municipalities agreed on (`agreements`), and what they show each other (`index`)."""

from neighbours.models.agreements import Agreement, Capacity, Kind, Roof, Side, State
from neighbours.models.index import IndexedDocument, IndexedOffer, IndexedTown, TouchedRow

__all__ = (
    "Agreement",
    "Capacity",
    "IndexedDocument",
    "IndexedOffer",
    "IndexedTown",
    "Kind",
    "Roof",
    "Side",
    "State",
    "TouchedRow",
)
