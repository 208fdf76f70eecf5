"""System checks that keep the house rules which no library knows."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from core.access import allowed_roles

URLCONFS = ("config.urls_tenant", "config.urls_public")


def views_of(urlconf: str) -> list[tuple[str, Any]]:
    """All (path, view) pairs of a URL map, nested includes opened."""
    found: list[tuple[str, Any]] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            else:
                found.append((path, pattern.callback))

    walk(get_resolver(urlconf).url_patterns, "/")
    return found


@register()
def every_view_declares_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A view nobody may enter is a forgotten @allow."""
    return [
        Error(
            f"The view of {path} in {urlconf} does not say who may use it.",
            hint="Put @allow(Role.…) from core.access on it.",
            id="core.E001",
        )
        for urlconf in URLCONFS
        for path, view in views_of(urlconf)
        if not allowed_roles(view)
    ]
