from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafekeepingConfig(AppConfig):
    name = "operations.safekeeping"
    verbose_name = _("Exports and backups")

    def ready(self) -> None:
        from operations.safekeeping import task_cards  # noqa: F401 - registers itself
