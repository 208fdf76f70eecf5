from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "portal.imports"
    verbose_name = _("Offers from a table")

    def ready(self) -> None:
        from portal.imports import mails, own_data, task_cards  # noqa: F401 - register themselves
