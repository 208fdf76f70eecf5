from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from core.health import register_check
        from jobs import receivers  # noqa: F401 - connects to removed
        from jobs.services import queue_answers

        register_check("jobs", queue_answers, by_database=True)
