from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "portal.planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        from portal.planning import behind, gaps, matrix, own_data, supply, task_cards  # noqa: F401 - register themselves
