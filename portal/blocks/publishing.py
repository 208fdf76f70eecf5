"""From the draft to what residents read, at once or at a given time, and off the portal again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from portal.blocks import checking, drafts
from portal.blocks.addresses import ALWAYS_THERE
from portal.blocks.models import Draft
from portal.pages.models import Page, Redirect


class MovedOnError(Exception):
    """Draft or page say something else by now than what somebody saw; nothing was done."""


def publish(page: Page, *, version: int, standing: str, by: Any) -> Page:
    """Let the draft be the page. Twice is once. `version` and `standing` (of the page online) are what was looked at.

    MovedOnError; ValidationError with whole sentences where it cannot be the page.
    """
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        draft = Draft.objects.filter(page=locked).first()
        if draft is None:
            return locked if locked.published else _shown_again(locked, by)
        if draft.version != version or drafts.standing(locked) != standing:
            raise MovedOnError
        return _apply(locked, draft, by)


def _shown_again(page: Page, by: Any) -> Page:
    """A page that was taken off, and of which there is no draft."""
    _must_be_complete(page, drafts.begun(page))
    page.published = True
    page.save()
    record("pages.published", page, by=by)
    return page


def _apply(page: Page, draft: Draft, by: Any) -> Page:
    _must_be_complete(page, draft)
    old = page.get_absolute_url() if page.published else ""
    page.title, page.slug, page.published = draft.title, draft.slug, True
    page.write(draft.blocks)
    page.full_clean()
    page.save()
    _lead_on(old, page.get_absolute_url())
    record("pages.published", page, by=by)
    draft.delete()
    return page


def _must_be_complete(page: Page, draft: Draft) -> None:
    if problems := [each.sentence for each in checking.problems(page, draft) if each.blocking]:
        raise ValidationError(problems)


def _lead_on(old: str, new: str) -> None:
    """The address a page had leads to the one it has, for ever, and never in a ring or by two steps."""
    Redirect.objects.filter(old_path=new).delete()
    if old and old != new:
        Redirect.objects.filter(new_path=old).update(new_path=new)
        Redirect.objects.update_or_create(old_path=old, defaults={"new_path": new})


def publish_due(now: datetime | None = None) -> int:
    """Let the drafts go online whose time has come; returns how many did. What cannot is told to the editors."""
    done = 0
    for pk in list(Draft.objects.due(now or timezone.now()).values_list("page_id", flat=True)):
        with transaction.atomic():
            page = Page.objects.select_for_update().get(pk=pk)
            draft = Draft.objects.due(now or timezone.now()).filter(page=page).first()
            if draft is not None:
                done += _at_its_time(page, draft)
    return done


def _at_its_time(page: Page, draft: Draft) -> bool:
    try:
        with transaction.atomic():
            _must_be_as_begun(page, draft)
            _apply(page, draft, draft.planned_by or "portal.blocks")
    except ValidationError as error:
        Draft.objects.filter(pk=draft.pk).update(online_at=None, trouble=" ".join(error.messages))
        return False
    return True


def _must_be_as_begun(page: Page, draft: Draft) -> None:
    if drafts.standing(page) != draft.base:
        raise ValidationError(_("The page online was changed after this draft had begun."))


def set_place(page: Page, menu: str, *, for_professionals: bool, by: Any) -> None:
    """Where the page is linked and listed; at once, because menus and lists have no drafts."""
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        wanted = {"menu": menu, "for_professionals": for_professionals}
        changes = {name: value for name, value in wanted.items() if getattr(locked, name) != value}
        for name, value in changes.items():
            setattr(locked, name, value)
        if changes:
            locked.save()
            record("pages.menu_changed", locked, by=by, changes=changes)


def take_offline(page: Page, *, by: Any) -> None:
    """Residents do not see it any more; everything is kept."""
    _free(page)
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if locked.published:
            locked.published = False
            locked.save()
            record("pages.taken_offline", locked, by=by)


def delete(page: Page, *, by: Any) -> None:
    """Put it into the bin, with its draft gone; a second click finds nothing."""
    _free(page)
    with transaction.atomic():
        locked = Page.objects.select_for_update().filter(pk=page.pk).first()
        if locked is not None:
            record("pages.deleted", locked, by=by)
            locked.delete()


def _free(page: Page) -> None:
    if page.slug in ALWAYS_THERE:
        raise ValidationError(
            _("Every portal needs this page: other pages and the law lead here. You can change what it says.")
        )
