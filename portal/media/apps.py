from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "portal.media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from portal.media import originals, own_data  # noqa: F401 - register themselves
