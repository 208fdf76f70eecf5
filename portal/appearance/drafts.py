"""The draft of a look beside the published one.

The look is a kind of the engine (`portal.history.declared`), so a draft is a working revision: one for each person,
nobody sees it but in a preview, and what others publish meanwhile is merged. Publishing applies it, and every published
look stays in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404

from audit.services import record
from core.models import upload_name
from portal.appearance.pictures import Picture, stored_file
from portal.history.gone import left_by
from portal.history.look import PARTNERS
from portal.history.plain import incoming
from portal.history.registry import Chronicle, chronicle
from portal.revisions.models import Revision, State
from portal.revisions.results import Draft, Outcome, Saved
from portal.revisions.tokens import Content
from portal.revisions.verbs import Verbs
from theming.models import PartnerLogo, Theme

KIND = "theme"
# The one row of a municipality.
PK = 1


def look_chronicle() -> Chronicle:
    """How the history knows the look."""
    return chronicle(KIND)


def _verbs() -> Verbs:
    return Verbs(look_chronicle().kind)


def begin(by: Any) -> Draft:
    """What this person's forms start from: their draft, else what is published."""
    return _verbs().begin(Theme.load(), by=by)


def keep(changes: Mapping[str, Any], *, by: Any, base: str) -> Saved:
    """Save some keys of the draft. MovedOnError where that would overwrite what the person has not seen."""
    return _verbs().autosave(Theme.load(), changes, by=by, base=base)


def publish(*, by: Any, base: str) -> Outcome:
    """Let everybody see the draft. Twice is once. MovedOnError, ValidationError (whole sentences)."""
    take = look_chronicle().kind.take
    with transaction.atomic():
        before = take(Theme.load())
        outcome = _verbs().submit(Theme.load(), by=by, base=base)
        if outcome.applied and not outcome.already:
            theme = Theme.load()
            after = take(theme)
            changes = {name: [str(before[name]), str(after[name])] for name in after if after[name] != before[name]}
            record("theming.saved", theme, by=by, changes=changes)
    return outcome


def discard(*, by: Any) -> bool:
    """Forget the draft; True if there was one."""
    return _verbs().discard_working(Theme.load(), by=by)


def fetch(revision: Revision, *, by: Any) -> tuple[Saved, list[str]]:
    """An earlier look as the person's draft, in place of what they had; and sentences on what is gone of it."""
    each = look_chronicle()
    discard(by=by)
    # What the look had then and has no more (a column that went) is left out.
    wanted, gone = left_by(each, each.kind.canonical(each.kind.content_of(revision)))
    return keep(wanted, by=by, base=begin(by).base), gone


def earlier(pk: int) -> Revision:
    """A look that was published once."""
    found = Revision.objects.of(KIND, PK).filter(state=State.APPLIED, pk=pk).first()
    if found is None:
        raise Http404
    return found


def content_of(revision: Revision) -> Content:
    """An earlier look whole: what it does not know, because it came later, is as it is now."""
    kind = look_chronicle().kind
    return {**kind.take(Theme.load()), **kind.content_of(revision)}


def theme_of(content: Content) -> Theme:
    """The row a text describes; never saved."""
    columns = {each.name: each for each in Theme._meta.concrete_fields}
    known = {name: incoming(columns[name], value) for name, value in content.items() if name in columns}
    return Theme(**known)


def partners_of(content: Content) -> list[PartnerLogo]:
    """The logos a text describes, with the ids they have in their order; never saved."""
    return [PartnerLogo(order=order, **each) for order, each in enumerate(content.get(PARTNERS, ()))]


def put_away(picture: Picture, *, table: type[Theme | PartnerLogo] = Theme) -> str:
    """Store a picture that was just uploaded; its name. It becomes public with the draft that names it."""
    file = stored_file(picture)
    return default_storage.save(upload_name(table(), str(file.name)), file)
