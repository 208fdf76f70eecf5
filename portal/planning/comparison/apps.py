from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningComparisonConfig(AppConfig):
    name = "portal.planning.comparison"
    label = "planning_comparison"
    verbose_name = _("Comparison")

    def ready(self) -> None:
        from portal.planning.comparison import deeds, task_cards  # noqa: F401 - register themselves
