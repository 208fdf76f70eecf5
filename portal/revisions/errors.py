"""What can go wrong while somebody edits, as sentences for them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.revisions.kinds import Content, Problem
    from portal.revisions.models import Revision


LONGEST_REASON = 2000


class EditingError(Exception):
    """A change that was not carried out; nothing was written. `str()` is a sentence for whoever wanted it."""


class MovedOnError(EditingError):
    """What somebody started from is not what is there any more, and both changed the same. Both sides are kept here."""

    def __init__(
        self, *, current: "Content", mine: "Content", merged: "Content", conflicts: Iterable[str], base: str
    ) -> None:
        """`merged` has both changes, mine where they clash (`conflicts`); save it again with `base` after a choice."""
        super().__init__(
            _("Somebody changed this in the meantime, or you did in another window. Please choose what shall stay.")
        )
        self.current, self.mine, self.merged = current, mine, merged
        self.conflicts, self.base = tuple(conflicts), base


class ChangedMeanwhileError(EditingError):
    """What was to be decided on is not what was looked at."""

    def __init__(self, revision: "Revision") -> None:
        super().__init__(_("This was changed since you opened it. Please look at it again before you decide."))
        self.revision = revision


class AlreadyDecidedError(EditingError):
    """Somebody decided otherwise in the meantime."""

    def __init__(self, revision: "Revision") -> None:
        super().__init__(
            _("This is decided already: %(state)s by %(name)s.")
            % {"state": revision.get_state_display(), "name": revision.decided_by_name or _("an unknown person")}
        )
        self.revision = revision


class ChangedSinceError(EditingError):
    """A decision cannot be taken back: something happened after it."""

    def __init__(self, *_given: Any) -> None:
        super().__init__(_("Something was changed after this decision, so it cannot be taken back any more."))


class IncompleteError(EditingError):
    """Something is missing before it may be submitted."""

    def __init__(self, problems: "Iterable[Problem]") -> None:
        super().__init__(_("Something is still missing."))
        self.problems = tuple(problems)


class ReasonError(EditingError):
    """Whoever sends a text back must say why, so that it can be read."""


class ReasonTooLongError(ReasonError):
    """More than anybody reads in a mail."""

    def __init__(self, *_given: Any) -> None:
        super().__init__(_("Please shorten the reason to 2000 characters."))


class ReasonMissingError(ReasonError):
    """Nothing was said."""

    def __init__(self, *_given: Any) -> None:
        super().__init__(_("Please say why, so that the provider knows what to change."))
