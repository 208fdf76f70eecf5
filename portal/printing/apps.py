from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    name = "portal.printing"
    verbose_name = _("Printed matter")

    def ready(self) -> None:
        from portal.printing import own_data, task_cards  # noqa: F401 - register themselves
