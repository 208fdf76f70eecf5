"""Which fields a waiting change changes, in a few words and without asking the database: a revision knows the digests
of what it started from. The review shows what exactly, against what is public now."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.editorial.waiting import EDITING
from portal.revisions.models import Revision
from portal.revisions.tokens import mark_of

MOST_NAMES = 5
_ON_THE_MAP = frozenset({"latitude", "longitude", "precision"})


def _label(kind: str, name: str) -> str:
    """A field in the words of its form."""
    if name == "images":
        return _("pictures")
    if name in _ON_THE_MAP:
        return _("place on the map")
    try:
        found = EDITING[kind].verbs.kind.model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    related = found.related_model._meta.verbose_name_plural if found.auto_created else ""
    return str(related or found.verbose_name)


def changed_fields(revision: Revision) -> str:
    """„2 Felder: Termine, Ort“; empty where it cannot be told."""
    if not revision.marks:
        return ""
    names = [
        name
        for name, value in EDITING[revision.kind].content_of(revision).items()
        if name in revision.marks and mark_of(value) != revision.marks[name]
    ]
    labels = list(dict.fromkeys(label for name in names if (label := _label(revision.kind, name))))
    if not labels:
        return ""
    said = ", ".join(label[:1].upper() + label[1:] for label in labels[:MOST_NAMES])
    if len(labels) > MOST_NAMES:
        said += " …"
    number = ngettext("%(number)d field: %(names)s", "%(number)d fields: %(names)s", len(labels))
    return number % {"number": len(labels), "names": said}
