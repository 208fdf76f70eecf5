from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandbookConfig(AppConfig):
    name = "portal.handbook"
    verbose_name = _("Handbook")

    def ready(self) -> None:
        from core.handbook import register
        from portal.handbook import own_data  # noqa: F401 - registers
        from portal.handbook.contents import help_for

        register(help_for)
