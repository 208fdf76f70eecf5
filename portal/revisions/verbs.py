"""The engine's verbs bound to one kind, so that a room says `editing.submit(offer, by=…)` and no more."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from portal.revisions import services, subject
from portal.revisions.kinds import Difference, Kind, Problem
from portal.revisions.models import Revision, RevisionQuerySet, State
from portal.revisions.results import Draft, Outcome, Saved
from portal.revisions.tokens import Content


class Verbs:
    """What may be done with the texts of one kind. Each is one transaction; see `portal.revisions.services`."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def begin(self, row: Any, *, by: Any) -> Draft:
        """What a form starts from for this person."""
        return services.begin(self.kind, row.pk, by=by)

    def autosave(
        self, row: Any, changes: Mapping[str, Any], *, by: Any, base: str, typed: Mapping[str, Any] | None = None
    ) -> Saved:
        """Keep what was typed so far."""
        return services.autosave(self.kind, row.pk, changes, by=by, base=base, typed=typed)

    def submit(self, row: Any, *, by: Any, base: str = "", note: str = "") -> Outcome:
        """Hand in what this person wrote."""
        return services.submit(self.kind, row.pk, by=by, base=base, note=note)

    def change(
        self,
        row: Any,
        edit: Callable[[Content], Mapping[str, Any]],
        *,
        by: Any,
        note: str = "",
        new_too: bool = False,
    ) -> Outcome:
        """A change by one click, past what the person is still writing."""
        return services.change(self.kind, row.pk, edit, by=by, note=note, new_too=new_too)

    def withdraw(self, revision: Revision, *, by: Any) -> Outcome:
        """Take a waiting text back."""
        return services.withdraw(self.kind, revision, by=by)

    def approve(
        self, revision: Revision, *, by: Any, version: int, content: Mapping[str, Any] | None = None
    ) -> Outcome:
        """Apply what was looked at, or that with changes of one's own."""
        return services.approve(self.kind, revision, by=by, version=version, content=content)

    def send_back(self, revision: Revision, *, by: Any, version: int, reason: str) -> Outcome:
        """Return a text with a reason."""
        return services.send_back(self.kind, revision, by=by, version=version, reason=reason)

    def restore(self, revision: Revision, *, by: Any, only: Collection[str] | None = None) -> Outcome:
        """Make an old text, or some keys of it, the new one."""
        return services.restore(self.kind, revision, by=by, only=only)

    def discard_working(self, row: Any, *, by: Any) -> bool:
        """Forget what was not submitted."""
        return services.discard_working(self.kind, row.pk, by=by)

    def put_aside(self, revision: Revision, *, by: Any) -> None:
        """A returned text is not wanted any more; an editor has looked."""
        services.put_aside(self.kind, revision, by=by)

    def differences(self, revision: Revision, row: Any) -> list[Difference]:
        """What a revision changes."""
        return services.differences_of(self.kind, revision, row)

    def missing(self, content: Content) -> list[Problem]:
        """What is missing before it may be submitted."""
        return self.kind.missing(content)

    def content_of(self, revision: Revision) -> Content:
        """A revision's content in the present format."""
        return self.kind.content_of(revision)

    def history(self, row: Any) -> RevisionQuerySet:
        """Everything but what is being written, the newest first."""
        return Revision.objects.of(self.kind.name, row.pk).history()

    def waiting_for(self, row: Any) -> Revision | None:
        """What waits for a decision; for a row that waits without a revision (from before the engine) it is made."""
        found = subject.waiting_for(self.kind, row.pk)
        if found is None and row.state == State.SUBMITTED:
            services.make_waiting(self.kind, row.pk)
            found = subject.waiting_for(self.kind, row.pk)
        return found

    def returned_to(self, row: Any) -> Revision | None:
        """What was returned and is not answered yet."""
        return subject.returned_to(self.kind, row.pk)

    def working_of(self, row: Any, *, by: Any) -> Revision | None:
        """What this person is writing."""
        return subject.working_of(self.kind, row, by)
