from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "operations.statistics"
    verbose_name = _("Statistics of all municipalities")

    def ready(self) -> None:
        from operations.statistics import task_cards  # noqa: F401 - registers itself
