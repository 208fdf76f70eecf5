"""What the writers of papers hand to the press."""

from dataclasses import dataclass

from press.running import Sheets


@dataclass(frozen=True, slots=True)
class Written:
    """The pages, and of how many things (offers, letters) they tell."""

    sheets: Sheets
    number: int = 0
