from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    name = "tracker.releases"
    verbose_name = _("Releases")

    def ready(self) -> None:
        from tracker.releases import announcing, receivers, tabs, ticket_page  # noqa: F401 - connect and register themselves
