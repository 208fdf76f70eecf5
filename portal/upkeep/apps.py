from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "portal.upkeep"
    verbose_name = _("Keeping current")

    def ready(self) -> None:
        from portal.upkeep import effects, mails, own_data, receivers, task_cards  # noqa: F401 - register themselves
