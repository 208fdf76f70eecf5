"""The mark by which a form is given back to whom it belongs (core.typed)."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.typed import MARK, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps_typed(context: dict[str, Any]) -> SafeString:
    """A hidden field that says whose form this is."""
    return format_html('<input type="hidden" name="{}" value="{}">', MARK, mark_of(context["request"]))
