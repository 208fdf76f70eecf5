"""The five steps that editors take with many rows, the same for offers and providers but for their words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from portal.inventory.bulk.deeds import Deed, Params, Words
from portal.inventory.bulk.stepping import PAUSED, TRASHED, Step, Stepping, not_resumed, not_undeleted, numbered
from portal.inventory.models import Subject

ARCHIVED = "archived"
_BACK = gettext_lazy("Each goes back to where it was.")


@dataclass(frozen=True, slots=True)
class Said:
    """The step of one kind of rows, and its words; `question` and `button` have a place for the number."""

    step: Step
    question: Any
    button: Any
    happens: Words = _BACK


@dataclass(frozen=True, slots=True)
class Steps:
    """What is said and done with the rows of one kind."""

    pause: Said
    resume: Said
    archive: Said
    trash: Said
    undelete: Said


def deeds(subject: Subject, stepping: Stepping, steps: Steps) -> Iterator[Deed]:
    """In the order in which the list names them."""

    def deed(
        name: str, label: Words, done: Words, why: Callable[[Any, Params], str], said: Said, *, danger: bool
    ) -> Deed:
        return Deed(
            name, subject, label, numbered(said.question), numbered(said.button), done, said.happens, why,
            stepping.act(said.step), stepping.back, danger=danger, tells=True,
        )  # fmt: skip

    yield deed("pausieren", gettext_lazy("Take offline for a while (pause)"), gettext_lazy("Taken offline"),
               stepping.why_not(PAUSED), steps.pause, danger=True)  # fmt: skip
    yield deed("zeigen", gettext_lazy("Show again"), gettext_lazy("Shown again"), not_resumed, steps.resume,
               danger=False)  # fmt: skip
    yield deed("ablegen", gettext_lazy("Put away (archive)"), gettext_lazy("Put away"),
               stepping.why_not(ARCHIVED), steps.archive, danger=True)  # fmt: skip
    yield deed("papierkorb", gettext_lazy("Put into the bin"), gettext_lazy("Put into the bin"),
               stepping.why_not(TRASHED), steps.trash, danger=True)  # fmt: skip
    yield deed("zurueckholen", gettext_lazy("Take out of the bin"), gettext_lazy("Taken out of the bin"),
               not_undeleted, steps.undelete, danger=False)  # fmt: skip
