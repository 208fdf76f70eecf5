"""What the page of one waiting text shows: what changes, what to look at before, and where it stands in the queue."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import whole_number
from portal.differences.showing import Shown, shown
from portal.editorial.models import DeskRules, Note
from portal.editorial.review.hints import anchors, hints, notes_on
from portal.editorial.review.models import Decision
from portal.editorial.waiting import EDITING, MODELS, waiting
from portal.revisions.models import Revision

LIST = "/redaktion/pruefen/"
# Fields that are the same are listed, longer texts by their beginning.
MOST_OF_THE_SAME = 200


def title_of(revision: Revision) -> str:
    """What the text is called."""
    content = EDITING[revision.kind].content_of(revision)
    return str(content.get("title") or content.get("name") or _("Without a title"))


def row_of(revision: Revision) -> Any:
    """The offer or the provider; None where it is gone."""
    found = MODELS[revision.kind].objects.filter(pk=revision.subject_id)
    if revision.kind == "offer":
        found = found.select_related("provider")
    return found.first()


def is_public(row: Any) -> bool:
    """Whether it is, or was, public: then a text about it is a change."""
    return row is not None and row.published_at is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands among those that wait, the oldest first."""

    number: int
    total: int
    before: int | None
    after: int | None


def place_of(revision: Revision) -> Place:
    """In three statements, however many there are."""
    found = waiting().select_related(None)
    at, pk = revision.submitted_at, revision.pk
    earlier = found.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    later = found.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk))
    number, total = earlier.count() + 1, found.count()
    return Place(
        number,
        total,
        earlier.reverse().values_list("pk", flat=True).first(),
        later.values_list("pk", flat=True).first(),
    )


def next_after(revision: Revision) -> str:
    """The text that waits behind this one, else the first, else the list."""
    at, pk = revision.submitted_at, revision.pk
    found = waiting().select_related(None)
    later = found.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk)) if at is not None else found
    following = later.values_list("pk", flat=True).first() or found.values_list("pk", flat=True).first()
    return f"{LIST}{following}/" if following is not None else LIST


def differences_of(revision: Revision, row: Any) -> tuple[list[Shown], dict[str, Any], dict[str, Any]]:
    """What a waiting text changes, with the content before and after; of what nobody has seen yet all it says."""
    kind = EDITING[revision.kind].verbs.kind
    after = kind.content_of(revision)
    if is_public(row):
        before = kind.take(row)
        return shown(kind.differences(before, after), before, after), before, after
    before = kind.canonical({})
    # What a field says by itself was never said by anybody.
    said = [replace(each, old=()) for each in kind.differences(before, after)]
    return shown(said, before, after, fresh=True), before, after


def unchanged(revision: Revision, before: dict[str, Any], after: dict[str, Any], changed: list[Shown]) -> list[Any]:
    """Fields that say the same on both sides, by label and beginning."""
    kind = EDITING[revision.kind].verbs.kind
    blank = kind.canonical({})
    differ = {name for each in changed for name in each.names}
    same = {name: blank[name] if name in differ else after[name] for name in after}
    return [
        {"label": each.label, "text": _short("; ".join(each.new))} for each in kind.differences(blank, same) if each.new
    ]


def _short(text: str) -> str:
    return text if len(text) <= MOST_OF_THE_SAME else f"{text[:MOST_OF_THE_SAME].rstrip()} …"


def context_of(revision: Revision, row: Any) -> dict[str, Any]:
    """Everything the page shows of the text itself."""
    changes, before, after = differences_of(revision, row)
    is_change = is_public(row)
    noticed = hints(revision.kind, before, after, is_change=is_change)
    same = unchanged(revision, before, after, changes) if is_change else []
    return {
        "revision": revision,
        "row": row,
        "title": title_of(revision),
        "is_change": is_change,
        "provider": row.provider if revision.kind == "offer" and row is not None else row,
        "changes": [
            {"each": each, "notes": notes_on(each, noticed), "field": min(each.names, default="")} for each in changes
        ],
        "hints": [*anchors(changes, noticed), *_colleagues(revision)],
        "same": same,
        "place": place_of(revision),
        "waits": _waits(revision),
        "overdue": (timezone.now() - revision.submitted_at).days > DeskRules.goal() if revision.submitted_at else False,
    }


def _colleagues(revision: Revision) -> list[dict[str, Any]]:
    """That colleagues noted something about it, and where."""
    number = Note.objects.filter(ticket__kind=revision.kind, ticket__item=revision.subject_id).count()
    if not number:
        return []
    said = ngettext("%(number)d note of colleagues", "%(number)d notes of colleagues", number) % {"number": number}
    address = reverse("editorial:item", args=[revision.kind, revision.subject_id])
    return [{"icon": "users", "text": said, "url": f"{address}#notizen"}]


def _waits(revision: Revision) -> str:
    """“waiting for 9 days”."""
    days = (timezone.now() - revision.submitted_at).days if revision.submitted_at is not None else 0
    if days < 1:
        return _("waiting since today")
    return ngettext("waiting for %(days)d day", "waiting for %(days)d days", days) % {"days": days}


def decided_before(number: str) -> Decision | None:
    """The decision that led to this page, while it can be taken back; `number` comes from the address."""
    pk = whole_number(number)
    return None if pk is None else Decision.objects.open().defer("memory").filter(pk=pk).first()
