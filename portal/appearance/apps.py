from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppearanceConfig(AppConfig):
    name = "portal.appearance"
    verbose_name = _("Logo, colours, font")

    def ready(self) -> None:
        from portal.appearance import task_cards  # noqa: F401 - registers itself
