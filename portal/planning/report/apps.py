from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReportConfig(AppConfig):
    name = "portal.planning.report"
    label = "planning_report"
    verbose_name = pgettext_lazy("of the evaluation", "Reports")

    def ready(self) -> None:
        from portal.planning.report import mails, own_data, registering, task_cards  # noqa: F401 - register themselves
