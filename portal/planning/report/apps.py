from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportConfig(AppConfig):
    name = "portal.planning.report"
    label = "planning_report"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from portal.planning.report import mails, own_data, registering, task_cards  # noqa: F401 - register themselves
