from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "portal.providers"
    verbose_name = _("Providers")

    def ready(self) -> None:
        from portal.providers import kind, pictures  # noqa: F401 - connects to the engine
        from portal.providers.models import Provider
        from portal.providers.sources import provider_source
        from portal.translation.sources import register
        from tenants.running import figures

        register("anbieter", provider_source)
        pictures.register()
        figures.register(figures.Figure.PROVIDERS, Provider.objects.count)
