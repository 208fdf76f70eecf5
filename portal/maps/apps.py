from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    name = "portal.maps"
    verbose_name = _("Maps")

    def ready(self) -> None:
        from portal.maps import centre, receivers, task_cards  # noqa: F401 - connects to provisioned, register themselves
