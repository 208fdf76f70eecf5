from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "portal.history"
    verbose_name = _("History")

    def ready(self) -> None:
        # Declares what has a history, listens to the audit log, registers its cards and its part of own data.
        from portal.history import declared, own_data, receivers, task_cards  # noqa: F401
