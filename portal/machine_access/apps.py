from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MachineAccessConfig(AppConfig):
    name = "portal.machine_access"
    verbose_name = _("Writing by programs")

    def ready(self) -> None:
        from core.lazy import lazy
        from portal.interfaces import writing

        # With everything it needs only when somebody writes.
        writing.register(lazy("portal.machine_access.writing"))
