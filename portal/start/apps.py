from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StartConfig(AppConfig):
    name = "portal.start"
    verbose_name = _("Start page")

    def ready(self) -> None:
        from portal.start import receivers, task_cards  # noqa: F401 - connects to provisioned, register themselves
