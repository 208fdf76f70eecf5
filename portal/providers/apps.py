from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "portal.providers"
    verbose_name = _("Providers")

    def ready(self) -> None:
        from portal.providers.sources import provider_source
        from portal.translation.sources import register

        register("anbieter", provider_source)
