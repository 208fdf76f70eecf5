"""What editors do with the draft of a page. Everybody writes in the same draft, block by block; every deed names blocks
by their id, so a double click and two people at once do no harm."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from audit.services import record
from portal.blocks.models import Draft
from portal.pages.models import Menu, Page
from portal.pages.shapes import MOST_BLOCKS, Block, Data, canonical, kind_of, kinds

# With all its blocks, as JSON: what an editor can write in years, and a page can still show.
MOST_SIGNS = 400_000
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


class ConflictError(Exception):
    """Somebody else changed the same block meanwhile; nothing was written. `theirs` is None where it was removed."""

    def __init__(self, theirs: Block | None, who: str) -> None:
        super().__init__()
        self.theirs, self.who = theirs, who


def new_id() -> str:
    """An id for a block."""
    return get_random_string(6, _SIGNS)


def digest(value: Any) -> str:
    """A short mark of what something says."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def standing(page: Page) -> str:
    """A mark of what a page says online."""
    return digest([page.title, page.slug, page.stated])


def begun(page: Page) -> Draft:
    """A draft that says what the page says; not saved."""
    return Draft(page=page, title=page.title, slug=page.slug, blocks=page.stated, base=standing(page))


def draft_of(page: Page) -> Draft:
    """The draft there is, or one that begins now; for looking at it."""
    found = Draft.objects.select_related("changed_by").filter(page=page).first()
    return found if found is not None else begun(page)


def block_in(draft: Draft, pk: str) -> Block | None:
    """A block of the draft by its id."""
    return next((each for each in draft.blocks if each["id"] == pk), None)


def _changed(page: Page, change: Callable[[Draft], bool | None], *, by: Any) -> Draft:
    """Change the draft under a lock; `change` answers False where there was nothing to do."""
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        draft = Draft.objects.filter(page=locked).first() or begun(locked)
        is_new = draft.pk is None
        if change(draft) is False:
            return draft
        draft.blocks = canonical(draft.blocks)
        if len(json.dumps(draft.blocks, ensure_ascii=False)) > MOST_SIGNS:
            raise ValidationError(
                _("The page is too long: its blocks may have %(most)s characters together. Please make two of it.")
                % {"most": f"{MOST_SIGNS:,}".replace(",", ".")}
            )
        draft.version += 0 if is_new else 1
        draft.changed_at, draft.changed_by, draft.trouble = timezone.now(), by, ""
        draft.save()
        if is_new:
            record("pages.draft_begun", locked, by=by)
        return draft


def add(page: Page, kind: str, key: str, *, after: str, by: Any) -> Draft:
    """Put an empty block after another one (or first: ""); the same `key` twice is one block."""
    known = {each.name: each for each in kinds()}
    if kind not in known:
        raise ValidationError(_("Please choose what kind of block to add."))

    def change(draft: Draft) -> bool | None:
        if block_in(draft, key) is not None:
            return False
        if len(draft.blocks) >= MOST_BLOCKS or _count(draft, kind) >= known[kind].most:
            raise ValidationError(_("There are as many of these on the page as there can be."))
        place = _place_after(draft, after)
        draft.blocks.insert(place, {"id": key, "kind": kind, "hidden": False, "data": {}})
        return None

    return _changed(page, change, by=by)


def _place_after(draft: Draft, after: str) -> int:
    """Where a block stands that comes after this one: first for "", last where that one is gone."""
    usual = len(draft.blocks) if after else 0
    return next((number for number, each in enumerate(draft.blocks, 1) if each["id"] == after), usual)


def _count(draft: Draft, kind: str) -> int:
    return sum(each["kind"] == kind for each in draft.blocks)


def move(page: Page, key: str, *, before: str, by: Any) -> Draft:
    """Let a block stand before another one, or last ("")."""

    def change(draft: Draft) -> bool | None:
        block = block_in(draft, key)
        if block is None or key == before:
            return False
        old = [each["id"] for each in draft.blocks]
        rest = [each for each in draft.blocks if each["id"] != key]
        place = next((number for number, each in enumerate(rest) if each["id"] == before), len(rest))
        draft.blocks = [*rest[:place], block, *rest[place:]]
        return None if [each["id"] for each in draft.blocks] != old else False

    return _changed(page, change, by=by)


def remove(page: Page, key: str, *, by: Any) -> Block | None:
    """Take a block out; answers it, so that it can be put back."""
    found: list[Block] = []

    def change(draft: Draft) -> bool | None:
        block = block_in(draft, key)
        if block is None:
            return False
        found.append(block)
        draft.blocks = [each for each in draft.blocks if each["id"] != key]
        return None

    _changed(page, change, by=by)
    return found[0] if found else None


def hide(page: Page, key: str, *, hidden: bool, by: Any) -> Draft:
    """Leave a block out of the page without losing it, or show it again."""

    def change(draft: Draft) -> bool | None:
        block = block_in(draft, key)
        if block is None or block["hidden"] == hidden:
            return False
        block["hidden"] = hidden
        return None

    return _changed(page, change, by=by)


def write(page: Page, key: str, data: Data, *, seen: str, by: Any) -> Draft:
    """What a block says. ConflictError where it says something else by now than what was `seen`."""

    def change(draft: Draft) -> bool | None:
        block = block_in(draft, key)
        if block is None:
            raise ConflictError(None, name_of(draft.changed_by))
        fresh = canonical([{**block, "data": data}])[0]
        if fresh == block:
            return False
        if digest(block["data"]) != seen:
            raise ConflictError(block, name_of(draft.changed_by))
        block["data"] = fresh["data"]
        return None

    return _changed(page, change, by=by)


def put_back(page: Page, block: Block, *, after: str, by: Any) -> Draft:
    """A block that somebody took out is there again; twice is once."""

    def change(draft: Draft) -> bool | None:
        if block_in(draft, block["id"]) is not None or kind_of(block) is None:
            return False
        place = _place_after(draft, after)
        draft.blocks.insert(place, block)
        return None

    return _changed(page, change, by=by)


def settle(page: Page, *, title: str, slug: str, by: Any) -> Draft:
    """What the page is called, and its address."""

    def change(draft: Draft) -> bool | None:
        if (draft.title, draft.slug) == (title, slug):
            return False
        draft.title, draft.slug = title, slug
        return None

    return _changed(page, change, by=by)


def create(title: str, slug: str, *, by: Any, like: Page | None = None) -> Page:
    """A page nobody sees yet, empty or with what another one says. The second of two clicks answers the same page."""
    with transaction.atomic():
        page = Page(slug=slug, title=title, menu=Menu.NONE, published=False)
        page.full_clean()
        page.save()
        record("pages.created", page, by=by)
        blocks = [{**each, "id": new_id()} for each in like.stated] if like is not None else []
        Draft.objects.create(page=page, title=title, slug=slug, blocks=blocks, base=standing(page), changed_by=by)
    return page


def discard(page: Page, *, by: Any) -> None:
    """Forget the draft; the page online stays as it is."""
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if Draft.objects.filter(page=locked).delete()[0]:
            record("pages.draft_discarded", locked, by=by)


def name_of(person: Any) -> str:
    """How somebody is called; a deleted account has no name any more."""
    return (person.get_full_name() or str(person)) if person is not None else _("somebody else")
