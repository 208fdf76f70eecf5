"""Somebody was faster, or the text is another one now: nothing was done; who did what, what differs, where to go on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.differences.showing import Shown, shown
from portal.editorial.review.models import Verb
from portal.editorial.review.page import LIST, next_after, row_of, title_of
from portal.editorial.waiting import EDITING, waiting
from portal.revisions.models import Revision, State


def settled_page(
    request: HttpRequest, revision: Revision, *, wanted: Verb | None = None, version: int | None = None
) -> HttpResponse:
    """409. `wanted` is what somebody wanted to do and was not done; `version` the one they had before them."""
    row = row_of(revision)
    newer = waiting().filter(kind=revision.kind, subject_id=revision.subject_id).first()
    instead = _instead(revision)
    who = instead.decided_by_name or pgettext("who decided", "somebody")
    context: dict[str, Any] = {
        "revision": revision,
        "instead": instead,
        "who": who,
        "title": title_of(revision),
        "row": row,
        "provider": row.provider if revision.kind == "offer" and row is not None else row,
        "newer": newer,
        "wanted": wanted.label if wanted is not None else "",
        "sentence": _sentence(revision, instead, newer, who),
        "changes": _changes(revision, instead, newer),
        "new_label": _("Handed in now") if newer is not None else _("Online now"),
        "next_url": next_after(revision),
        "list_url": LIST,
        # The page has a way back of its own.
        "crumbs": [],
    }
    return render(request, "review/settled.html", context, status=409)


def _instead(revision: Revision) -> Revision:
    """The revision that says what was decided: where an editor changed something, that is their own."""
    if revision.state == State.REPLACED:
        return (
            Revision.objects.filter(based_on=revision).exclude(state=State.WORKING).order_by("pk").first() or revision
        )
    return revision


def _sentence(revision: Revision, instead: Revision, newer: Revision | None, who: str) -> str:
    """What happened in between."""
    if newer is not None:
        return _("There is a newer version: it was handed in anew or changed while you were reading.")
    if revision.state == State.WITHDRAWN:
        return _("The provider has taken it back.")
    if revision.state == State.RETURNED:
        return _("%(who)s has given it back.") % {"who": who}
    if instead is not revision and instead.state == State.APPLIED:
        return _("%(who)s has approved it with an own change.") % {"who": who}
    if revision.state == State.APPLIED:
        return _("%(who)s has approved it.") % {"who": who}
    return _("It does not wait any more.")


def _changes(revision: Revision, instead: Revision, newer: Revision | None) -> list[Shown]:
    """What differs from the text that somebody had before them."""
    kind = EDITING[revision.kind].verbs.kind
    other = newer if newer is not None else instead
    if other.pk == revision.pk or other.state not in {State.APPLIED, State.SUBMITTED}:
        return []
    mine, now = kind.content_of(revision), kind.content_of(other)
    return shown(kind.differences(mine, now), mine, now)
