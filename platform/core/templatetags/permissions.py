"""What templates ask of the table of permissions (core.access)."""

from typing import Any

from django import template

from core.access import Permission, may

register = template.Library()


@register.simple_tag(name="may", takes_context=True)
def may_tag(context: dict[str, Any], permission: str) -> bool:
    """Whether the person before this page holds a permission: `{% may "accounts" as accounts %}`. A name that is not in
    the table is a mistake and raises."""
    return may(context["request"].user, Permission(permission))
