from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "portal.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from portal.translation import receivers, task_cards  # noqa: F401 - connects to provisioned, register themselves
