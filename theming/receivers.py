"""What this room does when a municipality begins."""

from typing import Any

from tenants.running.context import inside
from theming import services


def set_up(sender: Any, *, municipality: Any, template: Any = None, **_kwargs: Any) -> None:
    """The new portal's appearance: a copy of the template's where one is given, else the defaults."""
    copied: dict[str, Any] = {}
    if template is not None:
        with inside(template):
            copied = services.as_template()
    services.begin(portal_name=f"Chancenportal {municipality.name}", copied=copied)
