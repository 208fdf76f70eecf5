from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "portal.quality"
    verbose_name = _("Quality")

    def ready(self) -> None:
        from portal.quality import mails, own_data, receivers, task_cards, work  # noqa: F401 - connect and register themselves
