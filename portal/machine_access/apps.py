from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MachineAccessConfig(AppConfig):
    name = "portal.machine_access"
    verbose_name = _("Writing by programs")

    def ready(self) -> None:
        from portal.machine_access import writing  # noqa: F401 - registers itself
