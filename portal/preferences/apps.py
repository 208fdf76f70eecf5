from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "portal.preferences"
    verbose_name = _("Preferences")

    def ready(self) -> None:
        from portal.preferences import receivers  # noqa: F401 - connects to provisioned
