"""Links by which people without an account look at a draft. What the table keeps is not enough to open one: the link
carries a mark that only this portal can make."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from audit.services import record
from portal.blocks.models import PREVIEW_DAYS, PreviewLink
from portal.pages.models import Page
from tenants.running.context import current_schema

_SALT = "portal.blocks.previews"


def token_of(link: PreviewLink) -> str:
    """What stands in the address."""
    return f"{link.key}-{_mark(link.key)}"


def _mark(key: str) -> str:
    return salted_hmac(_SALT, f"{current_schema()}:{key}", algorithm="sha256").hexdigest()[:24]


def opened(token: str) -> PreviewLink | None:
    """The link of an address, open or ended; None where it is none."""
    key, _dash, mark = token.partition("-")
    if not constant_time_compare(mark, _mark(key)):
        return None
    return PreviewLink.objects.select_related("page").filter(key=key).first()


def make(page: Page, *, by: Any) -> PreviewLink:
    """A fresh link for a week; the one before does not open any more."""
    with transaction.atomic():
        ends = timezone.now() + timedelta(days=PREVIEW_DAYS)
        link, _fresh = PreviewLink.objects.update_or_create(
            page=page, defaults={"key": secrets.token_hex(8), "ends_at": ends, "made_by": by}
        )
        record("pages.preview_opened", page, by=by)
    return link


def end(page: Page, *, by: Any) -> None:
    """Nobody sees the draft by the link any more."""
    with transaction.atomic():
        if PreviewLink.objects.filter(page=page).delete()[0]:
            record("pages.preview_ended", page, by=by)
