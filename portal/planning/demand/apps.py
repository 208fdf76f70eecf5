from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "portal.planning.demand"
    label = "planning_demand"
    verbose_name = _("Demand")

    def ready(self) -> None:
        from portal.planning.demand import tables, task_cards, tiles  # noqa: F401 - register themselves
