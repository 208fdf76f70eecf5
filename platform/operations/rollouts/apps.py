from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RolloutsConfig(AppConfig):
    name = "operations.rollouts"
    verbose_name = _("Rollouts")

    def ready(self) -> None:
        from operations.rollouts import receivers, task_cards  # noqa: F401 - connect and register themselves
