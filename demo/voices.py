"""The three towns as they speak in the tracker of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Role
from demo.fill import BY
from tracker.tickets.models import Participant, Viewer, of_municipality


@dataclass(frozen=True, slots=True)
class Voice:
    """A town in the tracker, with the numbers of its editor, of a provider and of whoever reads news there."""

    participant: Participant
    editor: int
    provider: int = 0
    readers: tuple[int, ...] = ()

    @property
    def viewer(self) -> Viewer:
        """Its editor."""
        return of_municipality(self.participant, Role.EDITOR, person=self.editor, user=BY)


Voices = Mapping[str, Voice]
