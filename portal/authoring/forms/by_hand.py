"""Pages whose fields come and go with what is typed: read field by field, whatever stands in them."""

from dataclasses import dataclass
from typing import Any

from portal.authoring.forms.base import Data, Mistake, Setting
from portal.revisions.kinds import Content


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of the page: what stands in it and what is wrong with it."""

    name: str
    value: str
    error: str = ""


class ByHand:
    """As the other pages to the views. `values` below notes in `wrong` what it cannot understand, by field."""

    def __init__(self, data: Data, setting: Setting, files: Any = None) -> None:
        self.data, self.setting, self.files = data.copy(), setting, files
        self.wrong: dict[str, str] = {}
        # The field that gets the focus: the row that was just added.
        self.added = ""
        self._forgiven = False

    def values(self) -> Content:
        """What the page says."""
        raise NotImplementedError

    def forgive(self) -> None:
        """Show the page without complaining."""
        self._forgiven = True

    def text(self, name: str) -> str:
        """What stands in a field."""
        return str(self.data.get(name) or "").strip()

    def mistakes(self) -> list[Mistake]:
        """Everything that could not be understood."""
        if self._forgiven:
            return []
        self.values()
        return [Mistake(f"id_{name}", sentence) for name, sentence in self.wrong.items()]

    def slot(self, name: str) -> Slot:
        """A field with its error."""
        return Slot(name, self.text(name), "" if self._forgiven else self.wrong.get(name, ""))
