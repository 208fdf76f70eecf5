from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    name = "portal.blocks"
    verbose_name = _("Pages in blocks")

    def ready(self) -> None:
        from portal.blocks import finding, kinds, own_data, task_cards, uses  # noqa: F401 - register themselves
        from portal.blocks.drawing import make
        from portal.pages.drawing import made_by

        made_by(make)
