"""The provider's address of a table, put into the profile where it has none: on the same way as any other change."""

from django.utils.translation import gettext as _

from portal.imports.models import Upload
from portal.providers import approval, editing
from portal.providers.approval import Subject
from portal.providers.kind import KIND
from portal.revisions.errors import EditingError


def may_fill(upload: Upload, by: object) -> bool:
    """Whether there is one address, an empty field, and somebody who may fill it."""
    is_one = upload.address.startswith("http")
    return is_one and not upload.provider.website and approval.may_edit(by, upload.provider, Subject.PROFILE)


def fill_website(upload: Upload) -> list[str]:
    """Put it there, and say in a sentence what became of it."""
    by, provider = upload.by, upload.provider
    if not may_fill(upload, by):
        return []
    try:
        if KIND.rules.is_bound(provider):
            outcome = editing.verbs.change(
                provider, lambda content: {} if content["website"] else {"website": upload.address}, by=by
            )
            if outcome.waiting:
                return [_("The website of the profile waits for the editorial team.")]
        else:
            base = editing.begin(provider, by=by).base
            editing.autosave(provider, {"website": upload.address}, by=by, base=base)
    except EditingError as error:
        return [_("The website was not put into the profile: %(reason)s") % {"reason": error}]
    return [_("The website stands in the profile now.")]
