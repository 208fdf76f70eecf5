from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "portal.planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        # Figures and tables register themselves with the addresses (urls.py): they need much, and no command does.
        from portal.planning import own_data, task_cards  # noqa: F401 - register themselves
        from portal.planning.reconciling import differences
        from tenants.running import figures

        figures.register(figures.Figure.SPAN_DIFFERENCES, differences)
