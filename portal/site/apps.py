from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "portal.site"
    verbose_name = _("Site")

    def ready(self) -> None:
        from portal.site import go_live, receivers, task_cards  # noqa: F401 - register themselves
