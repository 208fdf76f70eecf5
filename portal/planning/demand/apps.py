from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "portal.planning.demand"
    label = "planning_demand"
    verbose_name = _("Demand")

    def ready(self) -> None:
        from portal.planning.demand import task_cards  # noqa: F401 - registers itself
