from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "health"
    verbose_name = _("Health")

    def ready(self) -> None:
        from health import mails, task_cards  # noqa: F401 - register themselves
        from health.reporting import events

        events.start()
