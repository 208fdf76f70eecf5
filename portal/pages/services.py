"""What editors do with pages."""

from typing import Any

from django.db import transaction

from audit.services import record
from portal.pages.models import Page


@transaction.atomic
def save_easy(page: Page, *, by: Any) -> Page:
    """Keep a page's text in Leichte Sprache."""
    page.save()
    record("pages.easy_saved", page, by=by)
    return page
