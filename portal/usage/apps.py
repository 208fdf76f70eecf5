from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsageConfig(AppConfig):
    name = "portal.usage"
    verbose_name = _("Usage")

    def ready(self) -> None:
        from portal.usage import retention  # noqa: F401 - says what its rule means
