from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionConfig(AppConfig):
    name = "portal.taxonomy.adoption"
    label = "adoption"
    verbose_name = _("Shared catalogue")

    def ready(self) -> None:
        from portal.taxonomy.adoption import receivers  # noqa: F401 - connects to provisioned
