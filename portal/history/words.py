"""What the history says of things, people and deeds."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.models import Entry
from core.access import is_editor
from portal.history.keeping import BETWEEN
from portal.history.registry import Chronicle
from portal.revisions.models import Revision, State

DEEDS: dict[str, Promise] = {
    "start": gettext_lazy("begun"),
    "copy": gettext_lazy("made as a copy"),
    "next_season": gettext_lazy("made for the next season"),
    "confirm": gettext_lazy("looked through: everything is right"),
    "upkeep.ends": gettext_lazy("it was said from when on it is no more"),
    "upkeep.hidden": gettext_lazy("hidden: nobody had answered the reminders"),
    "upkeep.noted": gettext_lazy("its page says that nobody has checked it: nobody had answered the reminder"),
    "trust": gettext_lazy("exempted from approval, or no longer"),
    "dates_problem": gettext_lazy("the dates could not be worked out"),
    "register": gettext_lazy("registered"),
    "join.ask": gettext_lazy("somebody asked to join"),
    "join.accepted": gettext_lazy("a request to join was accepted"),
    "join.refused": gettext_lazy("a request to join was refused"),
    "people.invite": gettext_lazy("somebody was invited"),
    "people.uninvite": gettext_lazy("an invitation was taken back"),
    "people.accept": gettext_lazy("an invitation was accepted"),
    "people.admit": gettext_lazy("somebody was admitted"),
    "people.role": gettext_lazy("somebody has another role"),
    "people.remove": gettext_lazy("somebody was removed"),
    "people.leave": gettext_lazy("somebody left"),
    "people.hand_over": gettext_lazy("handed over to somebody else"),
    "people.members_may_publish": gettext_lazy("what members may publish was changed"),
    "start.added": gettext_lazy("added"),
    "start.shown": gettext_lazy("shown on the page"),
    "start.hidden": gettext_lazy("hidden from the page"),
    "start.moved": gettext_lazy("moved"),
    "start.deleted": gettext_lazy("deleted"),
    "synonyms.removed": gettext_lazy("deleted"),
    "translation.dropped": gettext_lazy("deleted"),
    "translation.corrected": gettext_lazy("corrected"),
    "pages.created": gettext_lazy("made"),
    "pages.deleted": gettext_lazy("deleted"),
    "pages.published": gettext_lazy("published"),
    "pages.taken_offline": gettext_lazy("taken offline"),
    "history.taken_back": gettext_lazy("taken back from the bin"),
}
_SETTLED: dict[str, Promise] = {
    State.SUBMITTED: gettext_lazy("handed in, waits for approval"),
    State.WITHDRAWN: gettext_lazy("taken back before a decision"),
    State.REPLACED: gettext_lazy("replaced by a newer one before a decision"),
}
# What acts for nobody in particular has the name of a command or job; names of people have none of that form.
_COMMAND = re.compile(r"[a-z0-9_.]+")
# Many changed fields are counted rather than named.
MOST_NAMED = 4


def title_of(each: Chronicle, content: Mapping[str, Any]) -> str:
    """What a state calls its thing, without asking any table."""
    if each.one:
        return capfirst(str(each.label))
    said = content.get("title") or content.get("name") or content.get("words") or content.get("text")
    if isinstance(said, list):
        said = ", ".join(said)
    if not said and "kind" in content:
        said = dict(each.model._meta.get_field("kind").flatchoices).get(content["kind"])  # type: ignore[union-attr]
    return str(said or _("Without a title"))[:120]


def fields_changed(each: Chronicle, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> str:
    """Which fields differ, by their names; of many, how many."""
    if old is None:
        return _("the first state")
    names = [name for name in new if name in old and old[name] != new[name]]
    labels = list(dict.fromkeys(label_of(each, name) for name in names))
    if len(labels) > MOST_NAMED:
        more = len(labels) - MOST_NAMED + 1
        rest = ngettext("%(number)d more", "%(number)d more", more) % {"number": more}
        labels = [*labels[: MOST_NAMED - 1], rest]
    return capfirst(", ".join(labels)) or _("nothing")


def label_of(each: Chronicle, name: str) -> str:
    """A key of a state, as people call it."""
    known = {column.name: column for column in each.model._meta.get_fields()}
    column = known.get(name)
    if isinstance(column, models.Field):
        return str(column.verbose_name)
    if column is not None:
        return str(column.related_model._meta.verbose_name_plural)
    return _("other details")


def who(author: Any, name: str) -> str:
    """Who it was: the name that was kept, else what can still be said."""
    if author is not None:
        return str(author)
    if _COMMAND.fullmatch(name):
        return _("the portal itself")
    return name or _("no longer known")


def side_of(author: Any) -> str:
    """For whom somebody acted, in small print."""
    return _("editorial team") if author is not None and is_editor(author) else ""


def how(each: Chronicle, revision: Revision, *, restored: int | None = None) -> str:
    """What became of a state."""
    if revision.state == State.RETURNED:
        return _("given back: “%(reason)s”") % {"reason": revision.reason}
    if revision.state in _SETTLED:
        return str(_SETTLED[revision.state])
    if restored is not None:
        return _("state %(number)d restored") % {"number": restored}
    if each.plain and BETWEEN in revision.note:
        return str(DEEDS.get(revision.note.partition(BETWEEN)[0], _("changed")))
    if not (revision.author_id or revision.author_name or revision.note):
        return _("as it was found")
    return revision.note or _decided(revision)


def _decided(revision: Revision) -> str:
    based = revision.based_on
    if based is not None and based.state == State.REPLACED and revision.author_id == revision.decided_by_id:
        return _("approved with own changes")
    if (revision.decided_by_id, revision.decided_by_name) != (revision.author_id, revision.author_name):
        return _("approved by %(name)s") % {"name": who(revision.decided_by, revision.decided_by_name)}
    return _("without approval, as the rules say") if revision.informed else _("changed")


def deed(each: Chronicle, entry: Entry) -> str:
    """What an entry of the audit log says, in words."""
    if entry.action == "state":
        labels = dict(each.model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
        old, new = (str(labels.get(value, value)) for value in entry.changes.get("state", ["", ""]))
        return _("now “%(new)s”, before “%(old)s”") % {"old": old, "new": new}
    if entry.action == "confirm" and entry.changes.get("how") == "link":
        address = entry.changes.get("address", "")
        said = _("looked through by the link of a reminder: everything is right")
        return f"{said} ({address})" if address else said
    return str(DEEDS.get(entry.action, _("changed")))
