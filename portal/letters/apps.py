from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "portal.letters"
    verbose_name = _("Mails of the portal")

    def ready(self) -> None:
        from portal.letters import task_cards, work  # noqa: F401 - register themselves
