from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "portal.providers"
    verbose_name = _("Providers")

    def ready(self) -> None:
        from core.access import Role
        from core.roles import follows_from
        from portal.providers import go_live, kind, mails, own_data, pictures, task_cards  # noqa: F401 - register themselves
        from portal.providers.models import Provider
        from portal.providers.services import is_provider
        from portal.providers.sources import provider_source
        from portal.translation.sources import register
        from tenants.running import figures

        follows_from(Role.PROVIDER, is_provider)
        register("anbieter", provider_source)
        pictures.register()
        figures.register(figures.Figure.PROVIDERS, Provider.objects.count)
