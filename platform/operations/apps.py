from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from operations import mails, task_cards  # noqa: F401 - register themselves
        from operations.logs import own_data  # noqa: F401 - words for a part of accounts
