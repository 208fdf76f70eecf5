"""Rows of a page that are added, removed and moved with buttons: `stem_0_part`, `stem_1_part`, … and their number."""

from typing import Any

from portal.authoring.forms.base import Data


class Rows:
    """The rows of one kind in what a browser sent. Changes are written back, so that the page shows them."""

    def __init__(self, data: Data, stem: str, parts: tuple[str, ...], most: int) -> None:
        self.data, self.stem, self.parts, self.most = data, stem, parts, most

    @staticmethod
    def data_of(stem: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """Rows as a browser would send them."""
        named = {f"{stem}_{at}_{part}": value for at, row in enumerate(rows) for part, value in row.items()}
        return {stem: str(len(rows)), **named}

    def count(self) -> int:
        """How many there are."""
        written = str(self.data.get(self.stem) or "")
        return min(self.most, int(written)) if written.isascii() and written.isdigit() and len(written) < 4 else 0

    def read(self) -> list[dict[str, str]]:
        """What stands in them."""
        return [
            {part: str(self.data.get(f"{self.stem}_{at}_{part}") or "") for part in self.parts}
            for at in range(self.count())
        ]

    def write(self, rows: list[dict[str, str]]) -> None:
        """Let the page have exactly these."""
        self.data[self.stem] = str(len(rows))
        for at, row in enumerate(rows):
            for part in self.parts:
                self.data[f"{self.stem}_{at}_{part}"] = row[part]

    def perform(self) -> str | None:
        """Do what one of the buttons asks; the id of what gets the focus then, None where none of ours was pressed."""
        rows = self.read()
        if self.data.pop(f"{self.stem}_neu", None):
            if len(rows) < self.most:
                rows.append(dict.fromkeys(self.parts, ""))
            self.write(rows)
            return self._field(len(rows) - 1)
        for button, shift in (("hoch", -1), ("runter", 1), ("weg", 0)):
            pressed = str((self.data.pop(f"{self.stem}_{button}", None) or [""])[-1])
            if pressed.isascii() and pressed.isdigit() and len(pressed) < 4 and int(pressed) < len(rows):
                return self._moved(rows, int(pressed), shift)
        return None

    def _moved(self, rows: list[dict[str, str]], at: int, shift: int) -> str:
        row = rows.pop(at)
        if shift:
            at = max(0, min(len(rows), at + shift))
            rows.insert(at, row)
        self.write(rows)
        return self._field(min(at, len(rows) - 1))

    def _field(self, at: int) -> str:
        return f"id_{self.stem}_{at}_{self.parts[0]}" if at >= 0 else ""
