from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterfacesConfig(AppConfig):
    name = "portal.interfaces"
    verbose_name = _("Open interfaces")

    def ready(self) -> None:
        from portal.interfaces import receivers  # noqa: F401 - connects
