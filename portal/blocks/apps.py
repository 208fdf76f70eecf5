from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.lazy import lazy

drawing: Any = lazy("portal.blocks.drawing")


def _make(*given: Any) -> Any:
    """Searching and maps come with it: at the first page, not at the start of every command."""
    return drawing.make(*given)


class BlocksConfig(AppConfig):
    name = "portal.blocks"
    verbose_name = _("Pages in blocks")

    def ready(self) -> None:
        from portal.blocks import finding, kinds, own_data, task_cards, uses  # noqa: F401 - register themselves
        from portal.pages.drawing import made_by

        made_by(_make)
