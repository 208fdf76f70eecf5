"""The thing an address names, for whoever may see its history."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from portal.history.models import Removed
from portal.history.registry import Chronicle, open_to
from portal.history.words import title_of
from portal.revisions.models import Revision, State
from portal.revisions.subject import last_applied


@dataclass(frozen=True, slots=True)
class Thing:
    """What has the history. `row` is None where it was deleted (then `removed`, while it can be taken back)."""

    each: Chronicle
    pk: int
    row: Any
    title: str
    removed: Removed | None = None

    @property
    def page(self) -> str:
        """Where it is changed or seen."""
        return self.each.page(self.row) if self.row is not None else ""


def thing_of(request: HttpRequest, kind: str, pk: int) -> Thing:
    """The thing; 404 where nobody knows it, or its states are for somebody else."""
    each = next((each for each in open_to(request.user) if each.name == kind), None)
    if each is None or (each.one and pk != 1):
        raise Http404
    row = each.model._default_manager.filter(pk=pk).first()
    if row is not None or each.one:
        title = title_of(each, each.kind.take(row)) if row is not None else title_of(each, {})
        return Thing(each, pk, row, title)
    removed = Removed.objects.filter(kind=kind, subject_id=pk).first()
    if removed is not None:
        return Thing(each, pk, None, removed.title, removed)
    last = last_applied(each.kind, pk)
    if last is None:
        raise Http404
    return Thing(each, pk, None, title_of(each, each.kind.content_of(last)))


def state_of(thing: Thing, number: int) -> Revision:
    """A state of the thing by its id."""
    found = Revision.objects.of(thing.each.name, thing.pk).exclude(state=State.WORKING)
    revision = found.select_related("author", "decided_by").filter(pk=number).first()
    if revision is None:
        raise Http404
    return revision


def crumbs_to(*further: tuple[str, str]) -> list[dict[str, str]]:
    """The way here; the last is where one is."""
    trail = [(_("Editorial desk"), "/redaktion/"), (_("History"), "/redaktion/verlauf/"), *further]
    return [{"label": label, "url": url} for label, url in trail[:-1]] + [{"label": trail[-1][0], "url": ""}]
