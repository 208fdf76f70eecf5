"""Gives every template `theme`; lazily, so that pages without a municipality never touch the table."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from theming.services import current_theme, partner_logos


def theme(request: HttpRequest) -> dict[str, Any]:
    return {
        "theme": SimpleLazyObject(current_theme),
        "partner_logos": SimpleLazyObject(partner_logos),
    }
